// A browser as the server meets it during faults: the recorder's own sender around numbered chunks, so
// that order, retries, counted attempts and last words are the product's. What was sent is sent again
// byte by byte the same. Only its patience is shorter, so that hundreds of faults fit into minutes.
import { randomBytes } from "node:crypto";
import type { ReplayEvent } from "../../protocol/api.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { createGuard } from "../../recorder/guard.ts";
import type { Reply } from "../../recorder/transport/decide.ts";
import { type Bytes, createSender, type Sender } from "../../recorder/transport/sender.ts";
import { waitFor } from "../support/wait-for.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "./sample-chunk.ts";
import { ORIGIN } from "./start-server.ts";

/** Tag of the event that carries the number of its chunk. */
const NUMBER_TAG = "chunk";

const EVENT_MS = 5;
const TIMEOUT_MS = 30_000;
/** A recorder waits seconds between attempts. */
const PATIENCE = 1 / 100;

export interface RetryingRecorder {
	session: SampleSession;
	/** Stream and sequence → CRC-32 of each chunk that the server said it keeps. */
	acknowledged: ReadonlyMap<string, number>;
	/** Chunks made so far; they are numbered from 0. */
	made(): number;
	/** Requests sent so far, resends included. */
	attempts(): number;
	/** Answers that a recorder does not try again, and that no chunk of these deserves. */
	refused: readonly string[];
	isSending(): boolean;
	/** Makes no more chunks and resolves when all are acknowledged. */
	finish(timeoutMs?: number): Promise<void>;
	/** Sends nothing any more. */
	stop(): void;
}

export interface RetryingRecorderOptions {
	/** Ingest address; asked for each time, since a server may come back elsewhere. */
	endpoint: () => string;
	/** In [0, 1). */
	random: () => number;
	/** Longest wait between chunks. */
	pauseMs?: number;
	/** Largest ballast of a chunk; random, so that it does not shrink. */
	ballastBytes?: number;
	/** Chance that the page changes after a chunk: last words, the rest carried, a new stream. */
	pageChange?: number;
}

export function createRetryingRecorder(options: RetryingRecorderOptions): RetryingRecorder {
	const { random, pauseMs = 0, ballastBytes = 0, pageChange = 0 } = options;
	const session = createSampleSession();
	const acknowledged = new Map<string, number>();
	const refused: string[] = [];
	let stream = session;
	let sequence = 0;
	let made = 0;
	let attempts = 0;
	let inFlight = 0;
	let isEnding = false;
	let isStopped = false;

	const createChunk = (): Bytes => {
		const at = session.startedAt + made * EVENT_MS;
		const number = { type: 5, timestamp: at + 2, data: { tag: NUMBER_TAG, payload: made } };
		const bytes = randomBytes(Math.floor(random() * ballastBytes)).toString("base64");
		const ballast = { type: 5, timestamp: at + 2, data: { tag: "ballast", payload: bytes } };
		const isFirst = sequence === 0;
		const start = isFirst ? createSampleSnapshot(session, at - session.startedAt) : [];
		const chunk = createSampleChunk(stream, {
			sequence,
			facts: isFirst ? [createPageFact({ ...stream, startedAt: at })] : [],
			events: [...start, number, ...(bytes === "" ? [] : [ballast])],
		}) as Bytes;
		identities.set(chunk, `${stream.stream}/${sequence}`);
		sequence++;
		made++;
		return chunk;
	};

	const identities = new WeakMap<Uint8Array, string>();
	const post = async (url: string, body: Bytes): Promise<Reply> => {
		inFlight++;
		attempts++;
		try {
			const reply = await upload(url, body);
			if (reply[0] === 204) acknowledged.set(identities.get(body) ?? "", crc32(body));
			else if (isFinal(reply)) refused.push(reply.join(" "));
			return reply;
		} finally {
			inFlight--;
		}
	};

	const openPage = (): Sender =>
		createSender([
			"",
			createGuard(
				() => 0,
				() => {},
			),
			(queryOf, body) => post(options.endpoint() + queryOf(), body),
			Date.now,
			random,
			(callback, ms) => setTimeout(callback, ms * PATIENCE),
			() => setTimeout(goOn, random() * pauseMs),
			() => refused.push("the site was refused"),
		]);

	const goOn = (): void => {
		if (isEnding || isStopped) return;
		if (random() < pageChange) changePage();
		else sender.add([createChunk()], STREAM);
	};

	/** The page goes: what fits is sent at once, and what is not known to have arrived goes along. */
	const changePage = (): void => {
		const last = [createChunk(), createChunk(), createChunk()];
		sender.speak(last.slice(0, 1), last.slice(1), STREAM);
		const carried = sender.unsent();
		sender.stop();
		sender = openPage();
		stream = { ...session, stream: randomBytes(16).toString("hex") };
		sequence = 0;
		sender.add(carried);
		sender.add([createChunk()], STREAM);
	};

	let sender = openPage();
	goOn();
	return {
		session,
		acknowledged,
		refused,
		made: () => made,
		attempts: () => attempts,
		isSending: () => inFlight > 0,
		async finish(timeoutMs = 60_000) {
			isEnding = true;
			await waitFor(() => sender.size() === 0 && inFlight === 0, {
				what: "the last chunks of a recorder",
				timeoutMs,
			});
		},
		stop() {
			isStopped = true;
			sender.stop();
		},
	};
}

/** Numbers of the chunks whose events these are, in the order of the events. */
export function readNumbers(events: readonly ReplayEvent[]): number[] {
	return events
		.map(({ data }) => data as { tag?: string; payload: number })
		.filter(({ tag }) => tag === NUMBER_TAG)
		.map(({ payload }) => payload);
}

const STREAM = { onDirective: () => {}, onDropped: () => {} };

/** Not the recorder's own, which needs a browser to name its origin. */
async function upload(url: string, body: Bytes): Promise<Reply> {
	try {
		const answer = await fetch(url, {
			method: "POST",
			body,
			headers: { origin: ORIGIN, "content-type": "text/plain;charset=UTF-8" },
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		return [answer.status, await answer.text(), answer.headers.get("Retry-After")];
	} catch {
		return [0];
	}
}

function isFinal([status]: Reply): boolean {
	return status > 0 && status < 500 && status !== 204 && status !== 429;
}
