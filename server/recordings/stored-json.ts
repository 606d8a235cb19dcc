// JSON out of stored bytes, under caps: a few hundred kilobytes of upload can inflate to more than the
// process has, so a reading ends where its budget of memory does.
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { EVENT_JSON_DEPTH } from "../../protocol/limits.ts";

const inflate = promisify(gunzip);
/** What a parsed value takes beside its text. */
const VALUE_BYTES = 40;
/** Room for the longest sessions that recorders make: about 150 MB of JSON. */
const READ_BYTES = 512 * 1024 * 1024;

/** What one answer may still take of memory, counting down while it is read, and what it leaves out. */
export interface ReadBudget {
	bytes: number;
	log: (line: string) => void;
}

export function createReadBudget(log: (line: string) => void): ReadBudget {
	return { bytes: READ_BYTES, log };
}

/** @throws RangeError where the budget ends, or it is deeper than any recording; Error where it is no JSON */
export async function parseStored(
	bytes: Uint8Array,
	{ isGzip, mostBytes }: { isGzip: boolean; mostBytes: number },
	budget: ReadBudget,
): Promise<unknown> {
	const json = isGzip ? await inflateStored(bytes, mostBytes, budget) : Buffer.from(bytes);
	spend(budget, weighJson(json) + (isGzip ? 0 : json.length));
	return JSON.parse(json.toString("utf8"));
}

/** @throws RangeError where the budget ends, Error where it is no gzip or becomes too large */
export async function inflateStored(
	bytes: Uint8Array,
	mostBytes: number,
	budget: ReadBudget,
): Promise<Buffer> {
	spend(budget, 0);
	const inflated = await inflate(bytes, { maxOutputLength: mostBytes });
	spend(budget, inflated.length);
	return inflated;
}

function spend(budget: ReadBudget, bytes: number): void {
	budget.bytes -= bytes;
	if (budget.bytes <= 0) throw new RangeError("the session is too large to read at once");
}

/** Bytes that values take beside their text, about, by the brackets and commas outside of strings. */
function weighJson(json: Buffer): number {
	let values = 0;
	let depth = 0;
	let inText = false;
	for (let i = 0; i < json.length; i++) {
		const byte = json[i];
		if (inText) {
			if (byte === 0x5c) i++;
			else if (byte === 0x22) inText = false;
		} else if (byte === 0x22) inText = true;
		else if (byte === 0x2c) values++;
		else if (byte === 0x7b || byte === 0x5b) {
			values++;
			if (++depth > EVENT_JSON_DEPTH) throw new RangeError("the events are too deep");
		} else if (byte === 0x7d || byte === 0x5d) depth--;
	}
	return values * VALUE_BYTES;
}
