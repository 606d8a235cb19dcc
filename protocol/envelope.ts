// The envelope: the plain JSON head of a chunk, all that the server reads of it besides the facts.
import {
	isRandomId,
	isSessionId,
	type SessionId,
	type StreamId,
	type TabId,
	type VisitorId,
	type WriteKey,
} from "./ids.ts";
import {
	ENVELOPE_JSON,
	isCountBelow,
	MAX_COUNT,
	MAX_TIME,
	PROTOCOL_VERSION,
	SESSION_CHUNKS,
} from "./limits.ts";
import { parsePagePattern } from "./page-pattern.ts";
import { parseStrangeJson } from "./parse-json.ts";
import { ProtocolError } from "./protocol-error.ts";

export type Size = [width: number, height: number];

export interface Envelope {
	version: typeof PROTOCOL_VERSION;
	visitor: VisitorId;
	session: SessionId;
	/** 128 random bits per session; proves that later chunks come from the same browser. */
	writeKey: WriteKey;
	tab: TabId;
	stream: StreamId;
	/** Position in the stream, from 0. */
	sequence: number;
	/** Position among the parts of one sequence, from 0; parts are cut before the first send. */
	part: number;
	/** Clean URL and number of the page view that was current when the chunk was begun. */
	url: string;
	view: number;
	/** The pattern that the page had told of that view by then. */
	page?: string;
	viewport: Size;
	screen: Size;
	language: string;
	/** Clean URL, or "". */
	referrer: string;
	release?: string;
	/** User-agent client hints, where the browser has them. */
	hints?: { mobile: boolean; platform: string };
	/** The browser says that a program drives it. */
	automated?: boolean;
	/** `from`, `to` and `snapshots` (times of the full snapshots) are epoch ms of the page's clock. */
	events: {
		encoding: "gzip" | "raw";
		count: number;
		from: number;
		to: number;
		snapshots: number[];
	};
	/** The page was going away: the server does not wait for company before it stores this. */
	last?: boolean;
	/** What this stream has lost so far; a fact that did not fit counts as an event. */
	dropped: { events: number; chunks: number; errors: number };
	/**
	 * What recording has cost this stream so far, in milliseconds of the main thread, and the step of the
	 * governor: 0 everything, 1 changes together, 2 changes slowly, 3 facts alone, 4 nothing.
	 */
	cost: { totalMs: number; longestMs: number; step?: number };
}

/**
 * @param json the envelope section
 * @throws ProtocolError bad_envelope | unknown_version
 */
export function parseEnvelope(json: string): Envelope {
	let value: unknown;
	try {
		value = parseStrangeJson(json, ENVELOPE_JSON);
	} catch (cause) {
		const reason = cause instanceof RangeError ? cause.message : "is not JSON";
		throw new ProtocolError("bad_envelope", `the envelope ${reason}`);
	}
	if (!isRecord(value)) throw new ProtocolError("bad_envelope", "the envelope is not an object");
	if (value.version !== PROTOCOL_VERSION) {
		throw new ProtocolError(
			"unknown_version",
			`envelope version ${describe(value.version)} came, ${PROTOCOL_VERSION} was expected`,
		);
	}
	const envelope: Record<string, unknown> = { version: value.version };
	for (const [name, check] of CHECKS) {
		if (!check(value[name])) {
			throw new ProtocolError("bad_envelope", `envelope field ${name} is wrong`);
		}
		// Fields of later versions are left out: nobody has checked them.
		if (value[name] !== undefined) envelope[name] = value[name];
	}
	// Not worth a chunk.
	const page = parsePagePattern(value.page);
	if (page !== undefined) envelope.page = page;
	return envelope as unknown as Envelope;
}

type Check = (value: unknown) => boolean;
const isCount: Check = (value) => isCountBelow(value, MAX_COUNT);
const isTime: Check = (value) => isCountBelow(value, MAX_TIME);
const isCost: Check = (value) => typeof value === "number" && value >= 0 && value < 1e9;
// So annotated, they are left out where nothing is parsed: in the page that is recorded.
const isText =
	/* @__NO_SIDE_EFFECTS__ */
		(length: number): Check =>
		(value) =>
			typeof value === "string" && value.length <= length;
const isSize: Check = (value) =>
	Array.isArray(value) && value.length === 2 && value.every((side) => isCount(side) && side < 1e6);
const isOptional =
	/* @__NO_SIDE_EFFECTS__ */
		(check: Check): Check =>
		(value) =>
			value === undefined || check(value);
const isShape =
	/* @__NO_SIDE_EFFECTS__ */
		(fields: Record<string, Check>): Check =>
		(value) =>
			isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const isStep: Check = (value) => isCount(value) && (value as number) <= 4;
const isBoolean: Check = (value) => typeof value === "boolean";

const CHECKS: readonly (readonly [keyof Envelope, Check])[] = [
	["visitor", isRandomId],
	["session", isSessionId],
	["writeKey", isRandomId],
	["tab", isRandomId],
	["stream", isRandomId],
	["sequence", (value) => isCount(value) && (value as number) < SESSION_CHUNKS * 2],
	["part", (value) => isCount(value) && (value as number) < 100],
	["url", isText(2048)],
	["view", isCount],
	["viewport", isSize],
	["screen", isSize],
	["language", isText(40)],
	["referrer", isText(2048)],
	["release", isOptional(isText(100))],
	["hints", isOptional(isShape({ mobile: isBoolean, platform: isText(40) }))],
	[
		"events",
		isShape({
			encoding: (value) => value === "gzip" || value === "raw",
			count: isCount,
			from: isTime,
			to: isTime,
			snapshots: (value) => Array.isArray(value) && value.length <= 1000 && value.every(isTime),
		}),
	],
	["last", isOptional(isBoolean)],
	["automated", isOptional(isBoolean)],
	["dropped", isShape({ events: isCount, chunks: isCount, errors: isCount })],
	["cost", isShape({ totalMs: isCost, longestMs: isCost, step: isOptional(isStep) })],
];

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** For people: what came may be anything, of any length and depth. */
function describe(value: unknown): string {
	return typeof value === "number" || typeof value === "string"
		? JSON.stringify(value).slice(0, 40)
		: typeof value;
}
