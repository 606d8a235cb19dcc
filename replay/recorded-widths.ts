// Widths at which the style sheets change that stand in the events of a stream themselves; what stands
// there by name is read by whoever has the files. Each text counts once, however often a page tells it.
import { crc32 } from "../protocol/crc32.ts";
import { findMediaWidths, type MediaWidths } from "./media-widths.ts";
import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord, recordsOf } from "./scrub-node.ts";

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const MUTATION = 0;
/** Rules and adopted sheets. */
const STYLES = new Set<unknown>([8, 15]);
const TEXT = 3;

export interface WidthCollector {
	add(event: RawEvent): void;
	widths: MediaWidths;
}

export function createWidthCollector(): WidthCollector {
	const widths: MediaWidths = new Map();
	const seen = new Set<string>();
	/** Ids of style elements, whose texts may come later. */
	const sheets = new Set<unknown>();

	const addCss = (css: unknown): void => {
		if (typeof css !== "string" || !/@media/i.test(css)) return;
		const name = `${css.length}-${crc32(new TextEncoder().encode(css))}`;
		if (seen.has(name)) return;
		seen.add(name);
		addWidths(widths, findMediaWidths(css));
	};

	const addTree = (root: Fields, isInSheet: boolean): void => {
		const waiting: [node: Fields, isInSheet: boolean][] = [[root, isInSheet]];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			const [node, isCss] = next;
			if (node.type === TEXT && isCss) addCss(node.textContent);
			if (isRecord(node.attributes)) addCss(node.attributes._cssText);
			const isSheet = node.tagName === "style";
			if (isSheet) sheets.add(node.id);
			for (const child of recordsOf(node.childNodes)) waiting.push([child, isSheet]);
		}
	};

	return {
		widths,
		add({ type, data }) {
			if (!isRecord(data)) return;
			if (type === FULL_SNAPSHOT && isRecord(data.node)) addTree(data.node, false);
			if (type !== INCREMENTAL) return;
			if (STYLES.has(data.source)) addTexts(data, addCss);
			if (data.source !== MUTATION) return;
			for (const { node, parentId } of recordsOf(data.adds)) {
				if (isRecord(node)) addTree(node, sheets.has(parentId));
			}
			for (const { attributes } of recordsOf(data.attributes)) {
				if (isRecord(attributes)) addCss(attributes._cssText);
			}
		},
	};
}

/** Adds what another text says to what is known. */
export function addWidths(known: MediaWidths, more: Iterable<readonly [number, number]>): void {
	for (const [width, rules] of more) known.set(width, (known.get(width) ?? 0) + rules);
}

/** The same style sheets are told again and again: of a width counts what says most about it. */
export function joinWidths(known: MediaWidths, more: Iterable<readonly [number, number]>): void {
	for (const [width, rules] of more) known.set(width, Math.max(known.get(width) ?? 0, rules));
}

function addTexts(value: unknown, add: (text: unknown) => void): void {
	if (typeof value === "string") add(value);
	else if (Array.isArray(value)) for (const each of value) addTexts(each, add);
	else if (isRecord(value)) for (const each of Object.values(value)) addTexts(each, add);
}
