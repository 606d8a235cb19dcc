// Puts files that are kept in the places of their names, in events that were scrubbed: pictures and fonts
// by their address, style sheets by their text, since a rebuilt page loads none. What is not kept is left
// out. Events are not changed: what has names in it is copied, the rest is passed on as it is, so that
// whoever keeps events keeps names and needs not know yet what they stand for.
import { isAssetReference } from "../protocol/asset.ts";
import { type AssetSource, inlineCss, inlineSheet } from "./inline-css.ts";
import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord } from "./scrub-node.ts";

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const MUTATION = 0;
/** Rules, declarations and adopted sheets: every text in them is CSS. */
const STYLES = new Set<unknown>([8, 13, 15]);
const TEXT = 3;
const ADDRESSES = /^(?:href|src|poster|background|.*:href)$/i;

export function inlineAssets(events: readonly RawEvent[], source: AssetSource): RawEvent[] {
	return events.map((event) => inlineEvent(event, source));
}

export function inlineEvent(event: RawEvent, source: AssetSource): RawEvent {
	const data = inlineData(event, source);
	return data === event.data ? event : { ...event, data };
}

function inlineData({ type, data }: RawEvent, source: AssetSource): unknown {
	if (!isRecord(data)) return data;
	if (type === FULL_SNAPSHOT) return change(data, "node", (node) => inlineNode(node, source));
	if (type !== INCREMENTAL) return data;
	if (STYLES.has(data.source)) return inlineTexts(data, source);
	if (data.source !== MUTATION) return data;
	const adds = (add: unknown) =>
		isRecord(add) ? change(add, "node", (node) => inlineNode(node, source)) : add;
	const texts = (text: unknown) =>
		isRecord(text) ? change(text, "value", (value) => inlineText(value, source)) : text;
	const attributes = (changed: unknown) =>
		isRecord(changed)
			? change(changed, "attributes", (each) => inlineAttributes(each, source))
			: changed;
	return changeAll(
		changeAll(changeAll(data, "adds", adds), "texts", texts),
		"attributes",
		attributes,
	);
}

/** As deep as the scrubber lets a tree be. */
function inlineNode(node: unknown, source: AssetSource): unknown {
	if (!isRecord(node)) return node;
	if (node.type === TEXT) {
		return change(node, "textContent", (text) => inlineText(text, source));
	}
	const inside = changeAll(node, "childNodes", (child) => inlineNode(child, source));
	return change(inside, "attributes", (each) => inlineAttributes(each, source));
}

/** Of an element, or what changed of them. */
function inlineAttributes(attributes: unknown, source: AssetSource): unknown {
	if (!isRecord(attributes)) return attributes;
	let changed: Fields | undefined;
	for (const [name, value] of Object.entries(attributes)) {
		const isFile = ADDRESSES.test(name) && isReference(value);
		const inlined = isFile ? source.addressOf(value) : inlineTexts(value, source);
		if (inlined === value) continue;
		changed ??= { ...attributes };
		const sheet = isFile && name === "href" ? inlineSheet(value, source) : undefined;
		if (sheet !== undefined) {
			delete changed[name];
			// The replayer takes an empty one for none.
			changed._cssText = sheet || " ";
		} else changed[name] = inlined ?? "";
	}
	return changed ?? attributes;
}

/** Only in a style sheet a text has such names, unless a page shows them. */
function inlineText(text: unknown, source: AssetSource): unknown {
	return typeof text === "string" ? inlineCss(text, source) : text;
}

/** Every text, however deep. */
function inlineTexts(value: unknown, source: AssetSource): unknown {
	if (typeof value === "string") return inlineCss(value, source);
	if (Array.isArray(value)) return mapChanged(value, (each) => inlineTexts(each, source));
	if (!isRecord(value)) return value;
	let changed = value;
	for (const name of Object.keys(value)) {
		changed = change(changed, name, (each) => inlineTexts(each, source));
	}
	return changed;
}

function isReference(value: unknown): value is string {
	return typeof value === "string" && isAssetReference(value);
}

/** The same where nothing changes. */
function change(fields: Fields, name: string, make: (value: unknown) => unknown): Fields {
	const value = fields[name];
	const made = make(value);
	return made === value ? fields : { ...fields, [name]: made };
}

function changeAll(fields: Fields, name: string, make: (value: unknown) => unknown): Fields {
	return change(fields, name, (list) => (Array.isArray(list) ? mapChanged(list, make) : list));
}

function mapChanged(
	list: readonly unknown[],
	make: (value: unknown) => unknown,
): readonly unknown[] {
	let changed: unknown[] | undefined;
	for (const [index, value] of list.entries()) {
		const made = make(value);
		if (made === value) continue;
		changed ??= [...list];
		changed[index] = made;
	}
	return changed ?? list;
}
