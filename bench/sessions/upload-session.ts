// Sends a generated session to a server as a recorder would have: cut into chunks every five seconds
// or 64 KB, through the real wire, the last one saying that it is the last. Only the waiting is left
// out; the events keep the times they were made for.
import { gzipSync } from "node:zlib";
import { createRandom } from "../../demo/random.ts";
import { encodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import {
	createRandomId,
	createUuidV7,
	type SessionId,
	type StreamId,
	type TabId,
	type VisitorId,
	type WriteKey,
} from "../../protocol/ids.ts";
import { FIRST_FLUSH_MS, FLUSH_BYTES, FLUSH_MS } from "../../protocol/limits.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { type SessionSource, VIEWPORT } from "./create-session.ts";

const IN_FLIGHT = 6;
const MAX_ATTEMPTS = 30;
const RETRY_MS = 500;
const FULL_SNAPSHOT = 2;

export interface RecordedSession {
	id: string;
	chunks: Uint8Array<ArrayBuffer>[];
	wireBytes: number;
	/** Of the events as JSON. */
	jsonBytes: number;
}

/** Session → its chunks; the same seed gives the same ids and bytes. */
export function recordSession(session: SessionSource, seed: number): RecordedSession {
	const head = createHead(session, seed);
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	let jsonBytes = 0;
	for (const batch of cutBatches(session)) {
		const json = Buffer.from(`[${batch.events.map(({ json }) => json).join(",")}]`);
		jsonBytes += json.length;
		const times = batch.events.map(({ at }) => at);
		const envelope: Envelope = {
			...{ ...head, sequence: chunks.length, part: 0 },
			events: {
				encoding: "gzip",
				count: times.length,
				from: times[0] ?? 0,
				to: times.at(-1) ?? 0,
				snapshots: batch.events.filter(({ isSnapshot }) => isSnapshot).map(({ at }) => at),
			},
			...(batch.last ? { last: true } : {}),
		};
		const facts = gzipSync(JSON.stringify(batch.facts));
		chunks.push(encodeChunk({ envelope, facts, events: gzipSync(json) }));
	}
	const wireBytes = chunks.reduce((sum, { length }) => sum + length, 0);
	return { id: head.session, chunks, wireBytes, jsonBytes };
}

export interface UploadTarget {
	/** Of the server. */
	url: string;
	siteKey: string;
	/** One of the site's. */
	origin: string;
}

/**
 * Sends all chunks, the first before the others, some at a time.
 * @throws where one is refused, or is not taken after many attempts
 */
export async function uploadSession(target: UploadTarget, chunks: Uint8Array<ArrayBuffer>[]) {
	const [first, ...others] = chunks;
	if (first !== undefined) await sendChunk(target, first);
	const worker = async (): Promise<void> => {
		for (let chunk = others.shift(); chunk !== undefined; chunk = others.shift()) {
			await sendChunk(target, chunk);
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

async function sendChunk(target: UploadTarget, body: Uint8Array<ArrayBuffer>): Promise<void> {
	for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
		// A connection that breaks is tried again, as by a recorder.
		const response = await post(target, body, attempt).catch(() => undefined);
		if (response?.status === 204) return;
		const answer = await response?.text().catch(() => "");
		const isPassing = response === undefined || [429, 503].includes(response.status);
		if (!isPassing) throw new Error(`a chunk was answered ${response.status}: ${answer}`);
		const seconds = Number(response?.headers.get("retry-after"));
		await new Promise((resolve) => setTimeout(resolve, Math.max(RETRY_MS, seconds * 1000)));
	}
	throw new Error(`the server did not take a chunk in ${MAX_ATTEMPTS} attempts`);
}

function post(
	{ url, siteKey, origin }: UploadTarget,
	body: Uint8Array<ArrayBuffer>,
	attempt: number,
) {
	return fetch(`${url}/i/${siteKey}?t=${Date.now()}&a=${attempt}`, {
		method: "POST",
		headers: { "content-type": "text/plain", origin },
		body,
	});
}

interface Batch {
	events: { at: number; json: string; isSnapshot: boolean }[];
	facts: Fact[];
	last: boolean;
}

/** Nothing is sent while nothing happens, as in a page. */
function* cutBatches({ startedAt, events, facts }: SessionSource): Generator<Batch> {
	let batch: Batch = { events: [], facts: [], last: false };
	let bytes = 0;
	let sent = 0;
	let due = startedAt + FIRST_FLUSH_MS;
	const takeFacts = (before: number): Fact[] => {
		const first = sent;
		while ((facts[sent]?.[1] ?? Number.POSITIVE_INFINITY) < before) sent++;
		return facts.slice(first, sent);
	};
	for (const event of events) {
		if (event.timestamp >= due || bytes >= FLUSH_BYTES) {
			if (batch.events.length > 0) yield { ...batch, facts: takeFacts(event.timestamp) };
			batch = { events: [], facts: [], last: false };
			bytes = 0;
		}
		while (event.timestamp >= due) due += FLUSH_MS;
		const queued = queue(event);
		batch.events.push(queued);
		bytes += queued.json.length;
	}
	yield { ...batch, facts: facts.slice(sent), last: true };
}

function queue(event: RawEvent): Batch["events"][number] {
	const isSnapshot = event.type === FULL_SNAPSHOT;
	return { at: event.timestamp, json: JSON.stringify(event), isSnapshot };
}

function createHead({ startedAt }: SessionSource, seed: number) {
	const random = createRandom(seed);
	const bytes = () => Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256));
	const id = () => createRandomId(bytes());
	return {
		version: 1 as const,
		visitor: id() as VisitorId,
		session: createUuidV7(startedAt, bytes()) as SessionId,
		writeKey: id() as WriteKey,
		tab: id() as TabId,
		stream: id() as StreamId,
		url: "https://shop.example/orders",
		view: 0,
		viewport: [VIEWPORT[0], VIEWPORT[1]] as [number, number],
		screen: [1920, 1080] as [number, number],
		language: "en-GB",
		referrer: "",
		dropped: { events: 0, chunks: 0, errors: 0 },
		cost: { totalMs: 0, longestMs: 0 },
	};
}
