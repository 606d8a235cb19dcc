// Slices and keyframes of one recording as events. They were scrubbed when they were written; they are
// again, because a rule may have been added since. What is damaged is left out, which the log says.
import { crc32 } from "../../protocol/crc32.ts";
import { PART_BYTES } from "../../protocol/limits.ts";
import type { PartPlace } from "../../protocol/recording.ts";
import { resolveTexts } from "../../protocol/shared-texts.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { StoreError } from "../errors.ts";
import type { OpenRecording } from "./open-recordings.ts";
import type { EventsOf } from "./read-session.ts";
import { inflateStored, parseStored } from "./stored-json.ts";

/** Parts that are read ahead of the one that is passed on: each may take what a giant event takes. */
const AHEAD = 1;

/** A slice, or a keyframe with the texts it names. */
export interface RecordedPart {
	place: PartPlace;
	texts?: readonly number[];
}

export interface RecordedParts {
	/** Nothing where it cannot be read. @throws StoreError unavailable */
	read(part: RecordedPart): Promise<RawEvent[]>;
	readInTurn(parts: readonly RecordedPart[]): AsyncGenerator<RawEvent[]>;
}

export function createRecordedParts(
	{ store, budget }: EventsOf,
	{ key, head, body }: OpenRecording,
): RecordedParts {
	const texts = new Map<number, Promise<string>>();

	const readPlace = async ([offset, length, crc]: PartPlace): Promise<Uint8Array> => {
		const bytes = await store.getRange(key, body + offset, length);
		if (crc32(bytes) !== crc) throw new Error("the recording is damaged");
		return bytes;
	};

	const readText = (number: number): Promise<string> => {
		const known = texts.get(number);
		if (known !== undefined) return known;
		const place = head.texts[number];
		const text = place === undefined ? Promise.resolve("") : readPlace(place).then(inflateText);
		texts.set(number, text);
		return text;
	};

	const inflateText = async (bytes: Uint8Array): Promise<string> =>
		(await inflateStored(bytes, PART_BYTES, budget)).toString("utf8");

	const parse = async ({ place, texts: named = [] }: RecordedPart): Promise<RawEvent[]> => {
		const how = { isGzip: true, mostBytes: PART_BYTES };
		const parsed = await parseStored(await readPlace(place), how, budget);
		const found = new Map<number, string>();
		for (const number of named) found.set(number, await readText(number));
		const events = named.length > 0 ? resolveTexts(parsed, (number) => found.get(number)) : parsed;
		return scrubEvents(events).events;
	};

	const read = async (part: RecordedPart): Promise<RawEvent[]> => {
		try {
			return await parse(part);
		} catch (error) {
			if (error instanceof StoreError && error.kind === "unavailable") throw error;
			const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
			budget.log(`${key} at ${body + part.place[0]} was left out of a replay: ${reason}`);
			return [];
		}
	};

	return {
		read,
		async *readInTurn(parts) {
			const waiting: Promise<RawEvent[]>[] = [];
			for (let index = 0; index < parts.length + AHEAD; index++) {
				const part = parts[index];
				if (part !== undefined) {
					const events = read(part);
					// It fails when its turn comes, and not at all where nobody waits for it any more.
					events.catch(() => {});
					waiting.push(events);
				}
				const next = index >= AHEAD ? waiting.shift() : undefined;
				if (next !== undefined) yield next;
			}
		},
	};
}
