// Facts: small rows about what happened, sent for every session. On the wire a fact is a labelled
// tuple; codes are append-only, new fields come only at the end and are optional. `README.md` in this
// folder is the format document.
import { type ElementCandidate, parseCandidates } from "./element-key.ts";
import {
	FACTS_COUNT,
	FACTS_JSON,
	isCountBelow,
	MAX_COUNT,
	MAX_TIME,
	RELATIVE_MAX,
} from "./limits.ts";
import { parseStrangeJson } from "./parse-json.ts";
import { ProtocolError } from "./protocol-error.ts";

/** How a page view was reached. */
export type Reached = "load" | "reload" | "history" | "push" | "replace";
/** What a pressed element is laid out in: it decides where a map draws it. */
export type Layer = "flow" | "fixed" | "scroller" | "dialog" | "frame";
export type PointerKind = "mouse" | "touch" | "pen" | "key";
export type LeaveKind = "unload" | "copy" | "print" | "download" | "open";

export const FACT_PAGE = 1;
export const FACT_PRESS = 2;
export const FACT_ELEMENT = 3;
export const FACT_VISIBLE = 4;
export const FACT_LEAVE = 5;

/** Bits of `PressFact` hints. */
export const HINT_DISABLED = 1;
export const HINT_REPEATABLE = 2;

/** `view` counts the page views of a stream from 0. Sizes are CSS pixels. */
export type PageFact = [
	code: typeof FACT_PAGE,
	at: number,
	view: number,
	url: string,
	title: string,
	reached: Reached,
	documentWidth: number,
	documentHeight: number,
	viewportWidth: number,
	viewportHeight: number,
];

/**
 * `element` is the number an element fact defines. `x`, `y` run from 0 to RELATIVE_MAX over the
 * element's border box; document positions are CSS pixels. `hoverMs` is how long the pointer was over
 * the element before, `approachMs` how long it had been moving without a pause; -1 is not known.
 * `state` is a signature of what is open on the page (menus, dialogs), "" for nothing.
 */
export type PressFact = [
	code: typeof FACT_PRESS,
	at: number,
	view: number,
	element: number,
	x: number,
	y: number,
	documentX: number,
	documentY: number,
	layer: Layer,
	pointer: PointerKind,
	viewportWidth: number,
	viewportHeight: number,
	hoverMs: number,
	approachMs: number,
	hints: number,
	state: string,
];

/** Defines `element` for the rest of its stream. `text` went through the text rule. */
export type ElementFact = [
	code: typeof FACT_ELEMENT,
	at: number,
	element: number,
	candidates: ElementCandidate[],
	tag: string,
	role: string,
	text: string,
	repeatable: 0 | 1,
];

export type VisibleFact = [code: typeof FACT_VISIBLE, at: number, visible: 0 | 1];
export type LeaveFact = [code: typeof FACT_LEAVE, at: number, view: number, how: LeaveKind];

export type Fact = PageFact | PressFact | ElementFact | VisibleFact | LeaveFact;

type Check = (value: unknown) => boolean;
const time: Check = (value) => isCountBelow(value, MAX_TIME) && value !== 0;
const count: Check = (value) => isCountBelow(value, MAX_COUNT);
const pixels: Check = (value) => Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31;
const relative: Check = (value) => count(value) && (value as number) <= RELATIVE_MAX;
const flag: Check = (value) => value === 0 || value === 1;
const text =
	(length: number): Check =>
	(value) =>
		typeof value === "string" && value.length <= length;
const key: Check = (value) => parseCandidates(value) !== undefined;
const word = text(16);

const FIELDS: Record<number, readonly Check[]> = {
	[FACT_PAGE]: [time, count, text(2048), text(200), word, pixels, pixels, pixels, pixels],
	[FACT_PRESS]: [
		...[time, count, count, relative, relative, pixels, pixels, word, word, pixels, pixels],
		...[pixels, pixels, count, text(64)],
	],
	[FACT_ELEMENT]: [time, count, key, text(40), text(40), text(200), flag],
	[FACT_VISIBLE]: [time, flag],
	[FACT_LEAVE]: [time, count, word],
};

/**
 * Facts section (JSON text, already inflated) → facts in order and how many of an unknown kind there were.
 * @throws ProtocolError bad_facts where the section is no list of facts or a known fact is malformed
 */
export function parseFacts(json: string): { facts: Fact[]; unknown: number } {
	const rows = parseRows(json);
	const facts: Fact[] = [];
	for (const [index, row] of rows.entries()) {
		if (!Array.isArray(row) || !Number.isSafeInteger(row[0])) {
			throw new ProtocolError("bad_facts", `fact ${index} is not a tuple with a numeric code`);
		}
		const fields = FIELDS[row[0]];
		if (fields === undefined) continue;
		const wrong = fields.findIndex((check, field) => !check(row[field + 1]));
		if (wrong >= 0) {
			throw new ProtocolError(
				"bad_facts",
				`fact ${index} (code ${row[0]}) has a wrong field ${wrong + 1}`,
			);
		}
		facts.push(row as Fact);
	}
	return { facts, unknown: rows.length - facts.length };
}

function parseRows(json: string): unknown[] {
	let value: unknown;
	try {
		value = parseStrangeJson(json, FACTS_JSON);
	} catch (cause) {
		const reason = cause instanceof RangeError ? cause.message : "is not JSON";
		throw new ProtocolError("bad_facts", `the facts section ${reason}`);
	}
	if (!Array.isArray(value))
		throw new ProtocolError("bad_facts", "the facts section is not a list");
	if (value.length > FACTS_COUNT) {
		throw new ProtocolError("bad_facts", `${value.length} facts came, at most ${FACTS_COUNT} may`);
	}
	return value;
}
