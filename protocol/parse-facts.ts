// Reads the facts of a chunk as they came over the wire. Apart from `fact.ts`, because a page that is
// recorded writes facts and never reads any.
import { ASSET_HASHES } from "./asset.ts";
import {
	FACT_ANSWER,
	FACT_ASSETS,
	FACT_CONSENT,
	FACT_CUSTOM,
	FACT_DITHER,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_EXPOSED,
	FACT_FIELD,
	FACT_IDENTIFY,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PATTERN,
	FACT_PRESS,
	FACT_REQUEST,
	FACT_SCROLL,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VARIANT,
	FACT_VISIBLE,
	FACT_VITAL,
	type Fact,
} from "./fact.ts";
import {
	EXPOSED_COUNT,
	FACTS_COUNT,
	FACTS_JSON,
	isCountBelow,
	MAX_COUNT,
	MAX_TIME,
	MOVE_CELLS,
	PROPERTY_COUNT,
	PROPERTY_NAME_CHARS,
	PROPERTY_VALUE_CHARS,
	RELATIVE_MAX,
	RESPONSE_COUNT,
	SCROLL_BANDS,
} from "./limits.ts";
import { parseCandidates } from "./parse-element-key.ts";
import { parseStrangeJson } from "./parse-json.ts";
import { ProtocolError } from "./protocol-error.ts";

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
const url = text(2048);
const list =
	(check: Check, length: number): Check =>
	(value) =>
		Array.isArray(value) && value.length <= length && value.every(check);
const tuple =
	(...checks: Check[]): Check =>
	(value) =>
		Array.isArray(value) && checks.every((check, index) => check(value[index]));
const timeOrNever: Check = (value) => value === 0 || time(value);
const bucket: Check = (value) => isCountBelow(value, 4);
const plain: Check = (value) =>
	typeof value === "boolean" || Number.isFinite(value) || text(PROPERTY_VALUE_CHARS)(value);
const properties = list(tuple(text(PROPERTY_NAME_CHARS), plain), PROPERTY_COUNT);
const name = text(PROPERTY_VALUE_CHARS);
const assets = list(text(64), 2 * ASSET_HASHES);
const optional =
	(check: Check): Check =>
	(value) =>
		value === undefined || check(value);

const PRESS: readonly Check[] = [
	...[time, count, count, relative, relative, pixels, pixels, word, word, pixels, pixels],
	...[pixels, pixels, count, text(64)],
];

const FIELDS: Readonly<Record<number, readonly Check[]>> = {
	[FACT_PAGE]: [time, count, url, text(200), word, pixels, pixels, pixels, pixels],
	[FACT_PRESS]: PRESS,
	[FACT_SWIPE]: [...PRESS, pixels],
	[FACT_ELEMENT]: [time, count, key, text(40), text(40), text(200), flag],
	[FACT_VISIBLE]: [time, flag],
	[FACT_LEAVE]: [time, count, word, optional(count)],
	[FACT_ANSWER]: [
		...[time, count, count, time, flag, count, count],
		list(tuple(word, count, word), RESPONSE_COUNT),
	],
	[FACT_FIELD]: [
		...[time, count, count, word, count, pixels, count, count, count, count],
		...[bucket, flag, count, count, optional(count)],
	],
	[FACT_SUBMIT]: [time, count, count, count, flag, count, word, count],
	[FACT_SCROLL]: [
		...[time, count, pixels, pixels, count, list(count, SCROLL_BANDS)],
		...[optional(count), optional(count)],
	],
	[FACT_MOVE]: [time, count, count, count, timeOrNever, list(count, 3 * MOVE_CELLS)],
	[FACT_EXPOSED]: [time, count, list(count, EXPOSED_COUNT)],
	[FACT_ERROR]: [time, count, word, word, text(200), url],
	[FACT_REQUEST]: [time, count, word, url, count, count],
	[FACT_VITAL]: [time, count, word, count, pixels, optional(count)],
	[FACT_MEDIA]: [time, count, count, flag],
	[FACT_DITHER]: [time, count, count, count, count],
	[FACT_CUSTOM]: [time, count, name, properties],
	[FACT_IDENTIFY]: [time, count, name, properties],
	[FACT_VARIANT]: [time, count, name, name],
	[FACT_CONSENT]: [time, count, flag],
	[FACT_ASSETS]: [time, assets, assets],
	// Whoever reads it leaves out what is no pattern: nothing else is lost with it.
	[FACT_PATTERN]: [time, count],
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
