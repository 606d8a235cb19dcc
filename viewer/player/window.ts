// The events that a replayer is given: one keyframe and what follows it, and never more than it can carry
// (its `play` walks over all of them). Before the instant that will be shown, what later events make
// invisible is left out: of pointer moves and selections the last, of scrolls the last of each element,
// since each of those forces a layout. Pure; the events themselves are not changed and not copied.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { RawEvent } from "../../replay/scrub.ts";

export const WINDOW_EVENTS = 20_000;

/** Events that belong together, as they came. */
export interface Piece {
	stream: string;
	/** Epoch ms of its beginning: pieces are put in this order. */
	from: number;
	events: readonly RawEvent[];
}

export interface WindowInput {
	start: {
		stream: string;
		/** Epoch ms. */
		at: number;
		/** The keyframe's own events; empty where it stands among the pieces. */
		events: readonly RawEvent[];
		/** Of the document, for a keyframe that came without its Meta event. */
		viewport: { width: number; height: number };
	};
	/** All that covers the time from the start to `until`. */
	pieces: readonly Piece[];
	/** The instant that will be shown, epoch ms. */
	at: number;
	/** How far the pieces reach, epoch ms. */
	until: number;
	limit?: number;
}

export interface EventWindow {
	events: RawEvent[];
	/** Everything before this instant is in it, epoch ms. */
	until: number;
	/** It has no room for more: a later start is needed to play on. */
	full: boolean;
	/** The document that is open at its end. */
	stream: string;
}

/** @returns undefined where the keyframe is not among the pieces, or is none */
export function createWindow(input: WindowInput): EventWindow | undefined {
	const { start, pieces, at, until, limit = WINDOW_EVENTS } = input;
	const road = inOrder(pieces);
	const begin = start.events.length > 0 ? 0 : findSnapshot(road, start);
	if (begin < 0 || !hasSnapshot(start.events, road[begin]?.event)) return undefined;
	const from = start.events.length > 0 ? start.at : Number.NEGATIVE_INFINITY;
	const behind = road
		.slice(begin)
		.filter(({ event: { timestamp } }) => timestamp >= from && timestamp < until);
	const followed = followDocuments(behind, start.stream);
	const meta = start.events[0] ?? behind[0]?.event;
	const first = meta?.type === EventType.Meta ? [] : [createMeta(start)];
	const events = leaveOutSuperseded([...first, ...start.events, ...followed.events], at);
	return cutWindow({ ...followed, events, until, full: false }, limit);
}

/** As much of a window as a replayer can carry. */
export function cutWindow(window: EventWindow, limit = WINDOW_EVENTS): EventWindow {
	const { events, until } = window;
	if (events.length <= limit) return window;
	const end = events[limit]?.timestamp ?? until;
	const cut = events.slice(0, limit).filter((event) => event.timestamp < end);
	return { ...window, events: cut, until: end, full: true };
}

export interface MoreInput {
	/** The document that was open at `from`. */
	stream: string;
	pieces: readonly Piece[];
	/** Epoch ms: what was handed over already ends here. */
	from: number;
	until: number;
}

/** What a window is extended by. */
export function listMore({ stream, pieces, from, until }: MoreInput): EventWindow {
	const road = inOrder(pieces).filter(
		({ event: { timestamp } }) => timestamp >= from && timestamp < until,
	);
	return { ...followDocuments(road, stream), until, full: false };
}

interface Step {
	event: RawEvent;
	/** The stream it belongs to. */
	of: string;
}

/** One tab shows one document at a time: what comes late from the one before is left out. */
function followDocuments(
	road: readonly Step[],
	first: string,
): { events: RawEvent[]; stream: string } {
	let stream = first;
	const events: RawEvent[] = [];
	for (const { event, of } of road) {
		if (event.type === EventType.Meta || event.type === EventType.FullSnapshot) stream = of;
		if (of === stream) events.push(event);
	}
	return { events, stream };
}

function inOrder(pieces: readonly Piece[]): Step[] {
	const road = [...pieces]
		.sort((a, b) => a.from - b.from)
		.flatMap(({ stream, events }) => events.map((event) => ({ event, of: stream })));
	const isSorted = road.every(
		({ event }, index) => event.timestamp >= (road[index - 1]?.event.timestamp ?? 0),
	);
	return isSorted ? road : road.sort((a, b) => a.event.timestamp - b.event.timestamp);
}

/** Where the snapshot of an instant begins: at its Meta event, if that is there. */
function findSnapshot(
	road: readonly Step[],
	{ stream, at }: { stream: string; at: number },
): number {
	const index = road.findIndex(
		({ event, of }) =>
			of === stream && event.type === EventType.FullSnapshot && event.timestamp >= at,
	);
	const before = road[index - 1];
	return before?.of === stream && before.event.type === EventType.Meta ? index - 1 : index;
}

function hasSnapshot(own: readonly RawEvent[], first: RawEvent | undefined): boolean {
	if (own.length === 0) return first !== undefined;
	return own.some(({ type }) => type === EventType.FullSnapshot);
}

function createMeta({ at, events, viewport }: WindowInput["start"]): RawEvent {
	const timestamp = events[0]?.timestamp ?? at;
	return { type: EventType.Meta, timestamp, data: { href: "", ...viewport } };
}

function leaveOutSuperseded(events: readonly RawEvent[], at: number): RawEvent[] {
	const seen = new Set<string>();
	const kept: RawEvent[] = [];
	for (let index = events.length - 1; index >= 0; index--) {
		const event = events[index];
		if (event === undefined) continue;
		const name = event.timestamp < at ? nameOfState(event) : undefined;
		if (name !== undefined && seen.has(name)) continue;
		if (name !== undefined) seen.add(name);
		// A new document has nothing of the old one's.
		if (event.type === EventType.FullSnapshot) seen.clear();
		kept.push(event);
	}
	return kept.reverse();
}

/** What a later event of the same name makes invisible. */
function nameOfState({ type, data }: RawEvent): string | undefined {
	if (type !== EventType.IncrementalSnapshot) return undefined;
	const { source, id } = data as { source: number; id?: number };
	switch (source) {
		case IncrementalSource.MouseMove:
		case IncrementalSource.TouchMove:
		case IncrementalSource.Drag:
			return "pointer";
		case IncrementalSource.Selection:
			return "selection";
		case IncrementalSource.Scroll:
			return `scroll ${id}`;
		default:
			return undefined;
	}
}
