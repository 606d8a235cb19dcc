// What was done to the rules of a style sheet by insertRule, deleteRule and the like since its text was
// written. The rules of the text stay in their order, whoever comes between them, so the list holds their
// numbers, the text of the inserted ones, and what was done inside of each; a keyframe says which are gone
// and which have come. Whether a browser takes a rule at all decides what later numbers mean; where that
// is not sure, the changes are kept one by one from there on, up to a cap.

import { isSureRule, type ReadRule, readRules } from "./fold-css.ts";
import {
	addDeclaration,
	type Change,
	createDeclarations,
	type Declarations,
} from "./fold-declarations.ts";
import { type Fields, isRecord, recordsOf, textOf } from "./scrub-node.ts";

export interface RuleList {
	items: Item[];
	/** Rules of the text. */
	count: number;
	/** It has rules that nothing may stand in front of. */
	hasLeading: boolean;
	/** Whether `items` is what a browser has. */
	isSure: boolean;
	/** Changes that could not be understood, and all after them. */
	log: Fields[];
	/** Text that `replace` wrote. */
	replaced: string | undefined;
}

interface Item {
	/** Of the text, its number there; else -1. */
	number: number;
	/** The text of an inserted rule. */
	rule: string;
	/** What stands in it, once something has been done to that. */
	nested: RuleList | undefined;
	style: Declarations | undefined;
	read: ReadRule | undefined;
}

const STYLE_RULE = 8;
const STYLE_DECLARATION = 13;
const LOG_MAX = 1_000;
const DEPTH_MAX = 16;

/** @param css what the sheet holds before anything is done to it; undefined where that is not known */
export function createRuleList(css: string | undefined): RuleList {
	const rules = readRules(css ?? "");
	const items = rules.map((read, number) => createItem({ number, read }));
	const hasLeading = rules.some(({ prelude }) => /^@(?:import|namespace)/i.test(prelude));
	const isSure = css !== undefined;
	return { items, count: items.length, hasLeading, isSure, log: [], replaced: undefined };
}

/** @returns whether it could be kept */
export function applyRules(list: RuleList, data: Fields): boolean {
	if (!list.isSure) return keepInLog(list, data);
	const adds = recordsOf(data.adds);
	for (const [at, add] of adds.entries()) {
		if (insertRule(list, textOf(add.rule), add.index)) continue;
		return keepInLog(list, { ...data, adds: adds.slice(at) });
	}
	const removes = recordsOf(data.removes);
	for (const [at, remove] of removes.entries()) {
		if (deleteRule(list, remove.index)) continue;
		return keepInLog(list, { ...data, adds: undefined, removes: removes.slice(at) });
	}
	for (const css of [data.replace, data.replaceSync]) {
		if (typeof css === "string") replaceRules(list, css);
	}
	return true;
}

/** @returns whether it could be kept */
export function applyDeclaration(list: RuleList, data: Fields): boolean {
	if (!list.isSure) return keepInLog(list, data);
	const item = findItem(list, data.index);
	if (item === "unsure") return keepInLog(list, data);
	if (item === undefined) return true;
	item.style ??= createDeclarations();
	let isKept = true;
	for (const change of [readSet(data.set), readRemove(data.remove)]) {
		if (change !== undefined) isKept = addDeclaration(item.style, change) && isKept;
	}
	return isKept;
}

/** The events that make a sheet with its text as it was into what it is. */
export function tailOfRules(list: RuleList, target: Fields): Fields[] {
	const events: Fields[] = [];
	if (list.replaced !== undefined) {
		events.push({ source: STYLE_RULE, ...target, replaceSync: list.replaced });
	}
	tailOfItems(list, { target, path: [], events });
	for (const data of list.log) events.push({ ...data, ...target });
	return events;
}

interface Tail {
	target: Fields;
	path: number[];
	events: Fields[];
}

function tailOfItems(list: RuleList, { target, path, events }: Tail): void {
	const indexOf = (at: number) => (path.length === 0 ? at : [...path, at]);
	const left = new Set(list.items.map(({ number }) => number));
	const removes = Array.from({ length: list.count }, (_, number) => number)
		.filter((number) => !left.has(number))
		.reverse()
		.map((number) => ({ index: indexOf(number) }));
	const adds = [...list.items.entries()]
		.filter(([, { number }]) => number < 0)
		.map(([at, { rule }]) => ({ rule, index: indexOf(at) }));
	// An event adds before it removes.
	if (removes.length > 0) events.push({ source: STYLE_RULE, ...target, removes });
	if (adds.length > 0) events.push({ source: STYLE_RULE, ...target, adds });
	for (const [at, { nested, style }] of list.items.entries()) {
		if (nested !== undefined) tailOfItems(nested, { target, path: [...path, at], events });
		for (const change of style?.changes.values() ?? []) {
			events.push(declarationOf(change, { ...target, index: [...path, at] }));
		}
	}
}

function declarationOf({ property, value, priority }: Change, target: Fields): Fields {
	const change =
		value === ""
			? { remove: { property } }
			: { set: { property, value, priority: priority ?? "" } };
	return { source: STYLE_DECLARATION, ...target, ...change };
}

/** @returns false where it is not sure what a browser makes of it */
function insertRule(list: RuleList, rule: string, index: unknown): boolean {
	const { parent, at, isSure } = locate(list, index, true);
	if (!isSure || list.hasLeading || !isSureRule(rule)) return false;
	if (parent === undefined || at > parent.items.length) return true;
	parent.items.splice(at, 0, createItem({ number: -1, rule }));
	return true;
}

function deleteRule(list: RuleList, index: unknown): boolean {
	const { parent, at, isSure } = locate(list, index, false);
	if (!isSure) return false;
	parent?.items.splice(at, 1);
	return true;
}

interface Location {
	/** Undefined where there is nothing at that place, and a browser does nothing. */
	parent: RuleList | undefined;
	at: number;
	isSure: boolean;
}

/** An index is a number, or a path to a rule and the number in it. */
function locate(list: RuleList, index: unknown, isAdd: boolean): Location {
	if (!Array.isArray(index)) {
		const at = toIndex(index);
		return { parent: list, at: isAdd ? Math.min(at, list.items.length) : at, isSure: true };
	}
	const item = findItem(list, index.slice(0, -1));
	if (item === "unsure") return { parent: undefined, at: 0, isSure: false };
	if (item === undefined) return { parent: undefined, at: 0, isSure: true };
	const nested = nestedOf(item);
	return { parent: nested, at: toIndex(index.at(-1)), isSure: nested !== undefined };
}

function findItem(list: RuleList, path: unknown): Item | undefined | "unsure" {
	if (!Array.isArray(path) || path.length === 0) return undefined;
	if (path.length > DEPTH_MAX) return "unsure";
	let items: RuleList | undefined = list;
	let item: Item | undefined;
	for (const [depth, at] of path.entries()) {
		if (items === undefined) return "unsure";
		item = typeof at === "number" ? items.items[at] : undefined;
		if (item === undefined) return undefined;
		if (depth < path.length - 1) items = nestedOf(item);
	}
	return item;
}

/** Rules that hold rules which are counted here; others (keyframes, nested styles) are not understood. */
function nestedOf(item: Item): RuleList | undefined {
	if (item.nested !== undefined) return item.nested;
	const read = item.read ?? readRules(item.rule)[0];
	if (read?.body === undefined || !/^@(?:media|supports|layer|container)/i.test(read.prelude)) {
		return undefined;
	}
	item.nested = createRuleList(read.body);
	return item.nested;
}

function replaceRules(list: RuleList, css: string): void {
	list.replaced = css;
	const { items, count, hasLeading } = createRuleList(css);
	Object.assign(list, { items, count, hasLeading });
}

function keepInLog(list: RuleList, data: Fields): boolean {
	// A new text makes all that was before it forgotten.
	const text = data.replaceSync ?? data.replace;
	if (typeof text === "string") {
		list.log = [];
		list.isSure = true;
		replaceRules(list, text);
		return true;
	}
	list.isSure = false;
	if (list.log.length >= LOG_MAX) return false;
	list.log.push(data);
	return true;
}

function readSet(set: unknown): { property: string; change: unknown } | undefined {
	if (!isRecord(set) || typeof set.property !== "string") return undefined;
	return { property: set.property, change: [textOf(set.value), set.priority] };
}

function readRemove(remove: unknown): { property: string; change: unknown } | undefined {
	if (!isRecord(remove) || typeof remove.property !== "string") return undefined;
	return { property: remove.property, change: false };
}

/** As a browser turns a number into one without a sign. */
function toIndex(value: unknown): number {
	return Number(value ?? 0) >>> 0;
}

function createItem(item: Partial<Item>): Item {
	return { number: -1, rule: "", nested: undefined, style: undefined, read: undefined, ...item };
}
