// Cuts what one stream recorded into chunks: a second after its start, then every few seconds, at once
// when much has gathered. While chunks wait to be accepted no further one is cut: what gathers
// meanwhile compresses better together. Memory is bounded; beyond it events are dropped until there is
// room, and then a new full snapshot makes the stream playable again.
import type { Fact } from "../../protocol/fact.ts";
import { FIRST_FLUSH_MS, FLUSH_BYTES, FLUSH_MS, KEEPALIVE_BYTES } from "../../protocol/limits.ts";
import type { DomEvent } from "../capture/dom/dom-event.ts";
import type { Guard } from "../guard.ts";
import {
	type Encoded,
	type EnvelopeHead,
	encodeBatch,
	encodeBatchNow,
	type Gzip,
} from "./encode-batch.ts";
import type { CreateHead, Dropped } from "./envelope-head.ts";
import { type Batch, hushBatch, type Queue, splitRuns } from "./queue.ts";
import type { Bytes, Origin, Sender } from "./sender.ts";

/** What may wait in memory, as JSON and as encoded chunks. */
const WAITING_BYTES = 4 * 1024 * 1024;
/** Last events go in pieces, so that some fit where not all do. */
const PIECE_LENGTH = 16 * 1024;
/** What waits for the first flush and is more than this would not all go with the page. */
const HELD_LENGTH = 40 * 1024;

export interface Chunker {
	addFact(fact: Fact): void;
	addEvent(event: DomEvent): void;
	/** The page may go away; `final` where nothing of ours runs after this. */
	speakLast(final: boolean): void;
	/** Upload at most this often. */
	throttle(everyMs: number): void;
	/** The sender has nothing left to send. */
	onIdle(): void;
	/**
	 * A part of the page is private that was not when it was told: of what is not on its way yet, labels
	 * are forgotten, and events, if any reach back to the time at which something was told last.
	 * @returns whether any do, so that the page is to be told anew
	 */
	hush(toldAt: number): boolean;
	/** Cuts what is left; nothing is added any more. */
	close(): void;
}

/** A tuple, since names would be loaded with every page. */
export type ChunkerOptions = [
	guard: Guard,
	queue: Queue,
	sender: Sender,
	origin: Origin,
	createHead: CreateHead,
	dropped: Dropped,
	gzip: Gzip,
	/** Runs a callback later, guarded. */
	later: (callback: () => void, ms: number) => void,
	/** Events were dropped and there is room again. */
	onRoom: () => void,
];

/** Its parts, once they are encoded. */
type Job = [batch: Batch, head: EnvelopeHead, parts?: Bytes[]];

export function createChunker(options: ChunkerOptions): Chunker {
	const [guard, queue, sender, origin, createHead, dropped, gzip, later, onRoom] = options;
	const sealing = new Set<Job>();
	let everyMs = FLUSH_MS;
	let due = false;
	let soon = false;
	let overflowing = false;
	let closed = false;
	/** What was sealed before the first flush, whose time has not come; undefined after it. */
	let held: Job[] | undefined = [];

	const seal = (batch?: Batch, head = batch && createHead(batch, false)): void => {
		if (batch === undefined || head === undefined) return;
		const job: Job = [batch, head];
		sealing.add(job);
		const done = guard.wrap(([parts, lost]: Encoded) => {
			// The page went away meanwhile and has said it already.
			if (!sealing.delete(job)) return;
			dropped.events += lost;
			job[2] = parts;
			if (held === undefined) sender.add(parts, origin);
			else held.push(job);
		});
		void encodeBatch(batch, head, gzip)
			.catch((): Encoded => {
				guard.count();
				return [[], batch.events.length];
			})
			.then(done);
	};
	const release = (): Bytes[] => {
		const parts = (held ?? []).flatMap(([, , encoded]) => encoded ?? []);
		held = undefined;
		return parts;
	};
	const flush = (): void => {
		if (closed) return;
		sender.add(release(), origin);
		due = sealing.size > 0 || sender.size() > 0;
		if (!due) seal(queue.take());
	};
	const flushOften = (ms: number): void =>
		later(() => {
			flush();
			if (!closed) flushOften(everyMs);
		}, ms);
	const flushSoon = (): void => {
		if (soon || everyMs > FLUSH_MS || queue.size() < FLUSH_BYTES) return;
		soon = true;
		later(() => {
			soon = false;
			flush();
		}, 0);
	};
	/**
	 * Raw, a snapshot and what follows it may be more than a page can send on its way out, and without it a
	 * visit cannot be watched: it is compressed right away, so that it fits when the page goes before the
	 * first flush.
	 * Facts stay behind: they are small, and go first.
	 */
	const sealSnapshot = (): void => {
		if (held) later(() => held && seal(queue.takeEvents()), 0);
	};

	flushOften(FIRST_FLUSH_MS);
	return {
		addFact(fact) {
			if (closed) return;
			if (queue.size() > 2 * WAITING_BYTES) {
				dropped.events++;
				return;
			}
			queue.addFact(fact);
			flushSoon();
		},
		addEvent(event) {
			if (closed) return;
			overflowing ||= queue.size() + sender.size() > WAITING_BYTES;
			if (overflowing) {
				dropped.events++;
				return;
			}
			queue.addEvent(event);
			if (event.isSnapshot || queue.size() > HELD_LENGTH) sealSnapshot();
			flushSoon();
		},
		speakLast(final) {
			const urgent: Bytes[] = [];
			const others = release();
			const say = (list: Bytes[], batch: Batch, head = createHead(batch, true)): void => {
				const [parts, lost] = encodeBatchNow(batch, head);
				dropped.events += lost;
				list.push(...parts);
			};
			if (final) {
				for (const [batch, head] of sealing) say(others, batch, { ...head, last: true });
				sealing.clear();
			}
			// A hidden page usually lives on, so what is large has the time to be compressed.
			const isWhole = final || queue.size() < KEEPALIVE_BYTES;
			const shown = queue.takeEvents();
			const told = queue.take();
			if (told) say(urgent, told);
			if (!isWhole) seal(shown);
			else if (shown) {
				for (const events of splitRuns(shown.events, PIECE_LENGTH))
					say(others, { ...shown, events });
			}
			sender.speak(urgent, others, origin);
		},
		hush(toldAt) {
			const jobs = [...sealing, ...(held ?? [])];
			const isLate = jobs.some(([batch]) => batch.events.length > 0) || queue.reaches(toldAt);
			sealing.clear();
			held &&= [];
			// Their numbers are taken, so they go without what they held.
			for (const [batch, head] of jobs) {
				dropped.events += batch.events.length;
				seal(hushBatch(batch), head);
			}
			if (isLate) dropped.events += queue.takeEvents()?.events.length ?? 0;
			queue.hush();
			return isLate;
		},
		throttle(ms) {
			everyMs = Math.max(FLUSH_MS, ms);
		},
		onIdle() {
			if (due) flush();
			if (!overflowing || closed) return;
			overflowing = false;
			onRoom();
		},
		close() {
			closed = true;
			sender.add(release(), origin);
			seal(queue.take());
		},
	};
}
