// Takes out of rrweb events whatever could run or reach out when they are replayed. Anybody who knows a
// public site key can send forged events, so a recording is hostile until it has been through here; the
// sandboxed frame and the page's policy are the second and third lock. One thing is left to those: a
// style sheet that later events put together from texts which say nothing alone (`@im`, `port "…"`).
//
// Events are changed in place: they come fresh from JSON and belong to the caller.
import { unpackEvent } from "../protocol/packed-event.ts";
import { scrubCss } from "./scrub-css.ts";
import {
	type Fields,
	isRecord,
	isText,
	recordsOf,
	scrubAttributes,
	scrubTree,
	textOf,
} from "./scrub-node.ts";
import { scrubAddress } from "./scrub-url.ts";

export { scrubCss } from "./scrub-css.ts";

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
const CUSTOM = 5;

const MUTATION = 0;
const MOUSE_MOVE = 1;
const MOUSE_INTERACTION = 2;
const TOUCH_MOVE = 6;
const STYLE_RULE = 8;
const CANVAS = 9;
const FONT = 10;
const DRAG = 12;
const STYLE_DECLARATION = 13;
const ADOPTED_STYLE_SHEET = 15;
const SOURCES = 16;

/** The last of rrweb's kinds of pointer, focus and touch events. */
const MOUSE_INTERACTIONS = 10;
/** The last instant a Date can show. */
const TIME_MAX = 8.64e15;

export interface RawEvent {
	type: number;
	timestamp: number;
	data: unknown;
	[name: string]: unknown;
}

/**
 * Keeps the events that can be played, made harmless, and counts the others.
 * @param events anything that was parsed from an events section, packed or not
 */
export function scrubEvents(events: unknown): { events: RawEvent[]; dropped: number } {
	if (!Array.isArray(events)) return { events: [], dropped: 1 };
	const kept = events.map(unpack).filter(isPlayable);
	for (const event of kept) scrubEvent(event);
	return { events: kept, dropped: events.length - kept.length };
}

/** One that is not of its form is no event. */
function unpack(item: unknown): unknown {
	try {
		return unpackEvent(item);
	} catch {
		return undefined;
	}
}

function isPlayable(event: unknown): event is RawEvent {
	if (!isRecord(event)) return false;
	const { type, timestamp, data } = event;
	if (!isWithin(type, CUSTOM) || typeof timestamp !== "number") return false;
	if (!(timestamp > 0 && timestamp <= TIME_MAX)) return false;
	if (type < FULL_SNAPSHOT) return true;
	if (!isRecord(data)) return false;
	if (type === FULL_SNAPSHOT) return isDocument(data.node);
	if (type === META) return Number.isFinite(data.width) && Number.isFinite(data.height);
	return type !== INCREMENTAL || isPlayableIncrement(data);
}

/** rrweb needs an `html` element to put its own style into. */
function isDocument(node: unknown): boolean {
	if (!isRecord(node) || node.type !== 0) return false;
	return recordsOf(node.childNodes).some((child) => /^html$/i.test(textOf(child.tagName)));
}

/** rrweb trusts these shapes: one that is wrong would end the replay, not only its own event. */
function isPlayableIncrement(data: Fields): boolean {
	switch (data.source) {
		case MOUSE_MOVE:
		case TOUCH_MOVE:
		case DRAG:
			return recordsOf(data.positions).length > 0;
		// Dispatched by name; `"2"` is the name of a click that would follow a link.
		case MOUSE_INTERACTION:
			return isWithin(data.type, MOUSE_INTERACTIONS);
		case FONT:
			return typeof data.family === "string" && typeof data.fontSource === "string";
		case STYLE_DECLARATION:
			return Array.isArray(data.index);
		case ADOPTED_STYLE_SHEET:
			return Array.isArray(data.styleIds);
		// Nobody replays what was painted on a canvas: it takes a frame that may run scripts.
		case CANVAS:
			return false;
		default:
			return isWithin(data.source, SOURCES);
	}
}

function scrubEvent(event: RawEvent): void {
	const { type, data } = event;
	if (!isRecord(data)) return;
	if (type === FULL_SNAPSHOT) {
		scrubTree(data.node);
		if (!isRecord(data.initialOffset)) data.initialOffset = { left: 0, top: 0 };
	}
	if (type === META) data.href = scrubAddress(data.href);
	if (type === INCREMENTAL) scrubIncrement(data);
}

function scrubIncrement(data: Fields): void {
	switch (data.source) {
		case MUTATION:
			scrubMutation(data);
			break;
		case MOUSE_MOVE:
		case TOUCH_MOVE:
		case DRAG:
			data.positions = recordsOf(data.positions);
			break;
		case STYLE_RULE:
			if ("adds" in data) data.adds = scrubRules(data.adds);
			if ("removes" in data) data.removes = recordsOf(data.removes);
			for (const name of ["replace", "replaceSync"]) {
				if (name in data) data[name] = scrubCss(textOf(data[name]));
			}
			break;
		case FONT:
			// With `buffer` the source is a list of bytes, else it is CSS.
			if (data.buffer !== true) data.fontSource = scrubCss(textOf(data.fontSource));
			break;
		case STYLE_DECLARATION:
			if (isRecord(data.set)) data.set.value = scrubCss(textOf(data.set.value));
			break;
		case ADOPTED_STYLE_SHEET:
			if ("styles" in data) data.styles = recordsOf(data.styles);
			for (const sheet of recordsOf(data.styles)) sheet.rules = scrubRules(sheet.rules);
			break;
	}
}

function scrubMutation(data: Fields): void {
	data.adds = recordsOf(data.adds).filter(({ node }) => isRecord(node));
	data.removes = recordsOf(data.removes);
	data.texts = recordsOf(data.texts);
	data.attributes = recordsOf(data.attributes).filter(({ attributes }) => isRecord(attributes));
	for (const { node } of recordsOf(data.adds)) {
		scrubTree(node);
		if (isRecord(node) && isText(node)) node.textContent = scrubCss(textOf(node.textContent));
	}
	for (const change of recordsOf(data.texts)) {
		change.value = change.value === null ? null : scrubCss(textOf(change.value));
	}
	for (const { attributes } of recordsOf(data.attributes)) {
		if (isRecord(attributes)) scrubAttributes("", attributes);
	}
}

function scrubRules(rules: unknown): Fields[] {
	const kept = recordsOf(rules);
	for (const rule of kept) rule.rule = scrubCss(textOf(rule.rule));
	return kept;
}

function isWithin(value: unknown, max: number): value is number {
	return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= max;
}
