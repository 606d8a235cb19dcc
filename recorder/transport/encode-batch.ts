// A batch → the bytes of its chunk, or of several parts where one would be too large. Parts are cut
// before the first send and never after, so that a resend is the same bytes under the same name.
import { encodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import { encodeStoredGzip } from "../../protocol/gzip-stored.ts";
import { CHUNK_BYTES } from "../../protocol/limits.ts";
import { plainly } from "../native.ts";
import type { Batch, QueuedEvent } from "./queue.ts";

/** An event larger than this is not sent (`DESIGN.md`, Limits). */
export const EVENT_BYTES = 4 * 1024 * 1024;

/** The envelope of a batch without what the encoding adds. */
export type EnvelopeHead = Omit<Envelope, "part" | "events">;

export type Gzip = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer> | undefined>;

export interface Encoded {
	parts: Uint8Array<ArrayBuffer>[];
	/** Events that are too large to be sent at all. */
	dropped: number;
}

export async function encodeBatch(batch: Batch, head: EnvelopeHead, gzip: Gzip): Promise<Encoded> {
	const facts = encodeList(batch.facts);
	const sections = { facts: (await gzip(facts)) ?? encodeStoredGzip(facts) };
	const parts: Uint8Array<ArrayBuffer>[] = [];
	const waiting = [batch.events.filter((event) => !isTooLarge(event))];
	let dropped = batch.events.length - (waiting[0]?.length ?? 0);
	for (let events = waiting.shift(); events !== undefined; events = waiting.shift()) {
		const raw = encodeList(events.map((event) => event.json));
		const packed = await gzip(raw);
		const own = parts.length === 0 ? sections.facts : encodeStoredGzip(encodeList([]));
		const chunk = assemble(head, parts.length, own, events, packed, raw);
		if (chunk.length <= CHUNK_BYTES) parts.push(chunk);
		else if (events.length > 1) waiting.unshift(...halve(events));
		else dropped++;
	}
	// Facts go even where every event was too large for the wire.
	if (parts.length === 0)
		parts.push(assemble(head, 0, sections.facts, [], undefined, encodeList([])));
	return { parts, dropped };
}

/** The same at once and without compression, for a page that goes away. */
export function encodeBatchNow(batch: Batch, head: EnvelopeHead): Encoded {
	const events = batch.events.filter((event) => event.json.length < CHUNK_BYTES / 4);
	const runs = splitEvents(events, CHUNK_BYTES / 4);
	const parts = (runs.length > 0 ? runs : [[]]).map((run, part) => {
		const facts = encodeStoredGzip(encodeList(part === 0 ? batch.facts : []));
		return assemble(head, part, facts, run, undefined, encodeList(run.map(({ json }) => json)));
	});
	return { parts, dropped: batch.events.length - events.length };
}

/** Runs of events whose JSON has at most this length together, an event of more alone. */
export function splitEvents(events: readonly QueuedEvent[], length: number): QueuedEvent[][] {
	const runs: QueuedEvent[][] = [];
	let left = 0;
	for (const event of events) {
		left -= event.json.length + 1;
		const run = runs[runs.length - 1];
		if (run !== undefined && left >= 0) run.push(event);
		else {
			runs.push([event]);
			left = length - event.json.length - 1;
		}
	}
	return runs;
}

function assemble(
	head: EnvelopeHead,
	part: number,
	facts: Uint8Array<ArrayBuffer>,
	events: readonly QueuedEvent[],
	packed: Uint8Array<ArrayBuffer> | undefined,
	raw: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
	const times = events.map(({ at }) => at);
	const envelope: Envelope = {
		...head,
		part,
		events: {
			encoding: packed === undefined ? "raw" : "gzip",
			count: events.length,
			from: events.length > 0 ? Math.min(...times) : 0,
			to: events.length > 0 ? Math.max(...times) : 0,
			snapshots: events.filter(({ snapshot }) => snapshot).map(({ at }) => at),
		},
	};
	return plainly(() => encodeChunk({ envelope, facts, events: packed ?? raw }));
}

function encodeList(items: readonly string[]): Uint8Array<ArrayBuffer> {
	return new TextEncoder().encode(`[${items.join(",")}]`);
}

function isTooLarge({ json }: QueuedEvent): boolean {
	// A character has one to three bytes in UTF-8; only where that leaves it open are they counted.
	if (json.length > EVENT_BYTES) return true;
	return json.length * 3 > EVENT_BYTES && new TextEncoder().encode(json).length > EVENT_BYTES;
}

function halve(events: QueuedEvent[]): [QueuedEvent[], QueuedEvent[]] {
	const middle = Math.ceil(events.length / 2);
	return [events.slice(0, middle), events.slice(middle)];
}
