// A batch → the bytes of its chunk, or of several parts where one would be too large. Parts are cut
// before the first send and never after, so that a resend is the same bytes under the same name; and
// before they are compressed, so that a page that goes away cuts the same way without a compressor.
import { encodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { encodeStoredGzip } from "../../protocol/gzip-stored.ts";
import { CHUNK_BYTES } from "../../protocol/limits.ts";
import { plainly } from "../native.ts";
import { type Batch, type QueuedEvent, splitRuns } from "./queue.ts";
import type { Bytes } from "./sender.ts";

/** An event larger than this is not sent (`DESIGN.md`, Limits). */
export const EVENT_BYTES = 4 * 1024 * 1024;
/** A character has up to three bytes, and facts have to fit as well: uncompressed, a part always does. */
const PART_LENGTH = CHUNK_BYTES / 4;

/** The envelope of a batch without what the encoding adds. */
export type EnvelopeHead = Omit<Envelope, "part" | "events">;

/** Gives nothing where the browser cannot. */
export type Gzip = (bytes: Bytes) => Promise<Bytes | undefined>;

/** Events are dropped that are too large to be sent at all. */
export type Encoded = readonly [parts: Bytes[], dropped: number];

/** Events, and the JSON of their list. */
type Section = readonly [events: readonly QueuedEvent[], json: Bytes];

export async function encodeBatch(batch: Batch, head: EnvelopeHead, gzip: Gzip): Promise<Encoded> {
	const sections = cutBatch(batch);
	return assemble(sections, head, await Promise.all(sections.map(([, json]) => gzip(json))));
}

/** The same at once and without compression, for a page that goes away. */
export function encodeBatchNow(batch: Batch, head: EnvelopeHead): Encoded {
	return assemble(cutBatch(batch), head, []);
}

/** The facts first. */
function cutBatch({ facts, events }: Batch): Section[] {
	const runs = splitRuns(events, PART_LENGTH);
	return [[[], encodeList(facts)], ...runs.map(encodeRun)];
}

function encodeRun(events: readonly QueuedEvent[]): Section {
	return [events, encodeList(events.map(([json]) => json))];
}

function assemble(
	[facts = encodeRun([]), ...runs]: Section[],
	head: EnvelopeHead,
	[packedFacts, ...packed]: (Bytes | undefined)[],
): Encoded {
	const parts: Bytes[] = [];
	let dropped = 0;
	const add = ([events, json]: Section, gzipped?: Bytes): void => {
		const times = events.map(([, at]) => at).sort((a, b) => a - b);
		const envelope: Envelope = {
			...head,
			part: parts.length,
			events: {
				encoding: gzipped ? "gzip" : "raw",
				count: times.length,
				from: times[0] ?? 0,
				to: times.at(-1) ?? 0,
				snapshots: events.filter(([, , isSnapshot]) => isSnapshot).map(([, at]) => at),
			},
		};
		const [own, ownPacked] = parts.length > 0 ? [encodeList([])] : [facts[1], packedFacts];
		const chunk = plainly(() =>
			encodeChunk({
				envelope,
				facts: ownPacked ?? encodeStoredGzip(own),
				events: gzipped ?? json,
			}),
		);
		if (json.length > EVENT_BYTES || chunk.length > CHUNK_BYTES) dropped += times.length;
		else parts.push(chunk);
	};
	for (const [index, run] of runs.entries()) add(run, packed[index]);
	// Facts go even where every event was too large for the wire.
	if (parts.length === 0) add(encodeRun([]));
	return [parts, dropped];
}

function encodeList(items: readonly string[]): Bytes {
	return new TextEncoder().encode(`[${items.join(",")}]`);
}
