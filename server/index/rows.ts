// A stored chunk → its rows. Pure: the same pack gives the same rows, whoever reads it and when.

import { pathOf } from "../../protocol/clean-url.ts";
import { findSpan, settleTime, shiftOfChunk } from "../../protocol/clock.ts";
import { formatElementKey } from "../../protocol/element-key.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import {
	FACT_ANSWER,
	FACT_ASSETS,
	FACT_DITHER,
	FACT_ELEMENT,
	FACT_FIELD,
	FACT_LEAVE,
	FACT_MEDIA,
	FACT_MOVE,
	FACT_PAGE,
	FACT_PATTERN,
	FACT_PRESS,
	FACT_SUBMIT,
	FACT_SWIPE,
	FACT_VISIBLE,
	type Fact,
	type PressFact,
	type SwipeFact,
} from "../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import type { EntryHead, EntryPlace } from "../../protocol/pack.ts";
import { pagePattern, parsePagePattern } from "../../protocol/page-pattern.ts";
import { VERSION_BASE } from "./schema.ts";
import { describeUserAgent } from "./user-agent.ts";

export interface IndexedEntry {
	head: EntryHead;
	envelope: Envelope;
	facts: readonly Fact[];
	place: EntryPlace;
}

export interface PackRows {
	chunks: object[];
	facts: object[];
	elements: object[];
	/** Recordings that the rows were found in, where they were not found in packs. */
	recordings?: object[];
	packs: object[];
}

export function createPackRows(
	pack: { key: string; bytes: number },
	entries: readonly IndexedEntry[],
): PackRows {
	return {
		chunks: entries.map((entry) => createChunkRow(pack.key, entry)),
		facts: entries.flatMap((entry) => createFactRows(entry)),
		elements: entries.flatMap((entry) => createElementRows(entry)),
		packs: [createPackRow(pack, entries.length)],
	};
}

/** Names a pack to the index: it is not read again. */
export function createPackRow(
	{ key, bytes }: { key: string; bytes: number },
	chunks: number,
): object {
	return { day: dayOfPack(key), key, chunks, bytes };
}

function createChunkRow(pack: string, entry: IndexedEntry): object {
	const { head, envelope, facts, place } = entry;
	const { events } = envelope;
	const settle = createSettle(head, envelope, facts);
	const times = facts.map((fact) => fact[1]);
	if (events.count > 0) times.push(events.from, events.to);
	const settled = times.length > 0 ? times.map(settle) : [head.receivedAt];
	const row = {
		tab: envelope.tab,
		visitor: envelope.visitor,
		write_key: envelope.writeKey,
		pack,
		offset: place.offset,
		length: place.length,
		crc: head.crc,
		received_at: head.receivedAt,
		sent_at: head.sentAt,
		encoding: events.encoding,
		events: events.count,
		events_from: events.count > 0 ? settle(events.from) : 0,
		events_to: events.count > 0 ? settle(events.to) : 0,
		snapshots: events.snapshots.map(settle),
		first_at: Math.min(...settled),
		last_at: Math.max(...settled),
		url: envelope.url,
		viewport_width: envelope.viewport[0],
		viewport_height: envelope.viewport[1],
		language: envelope.language,
		referrer: envelope.referrer,
		automated: envelope.automated === true ? 1 : 0,
		cost_ms: envelope.cost.totalMs,
		longest_ms: envelope.cost.longestMs,
		step: envelope.cost.step ?? 0,
	};
	const device = describeUserAgent(head.userAgent, envelope.hints);
	return Object.assign(row, identityOf(head, envelope), device);
}

function createFactRows({ head, envelope, facts }: IndexedEntry): object[] {
	const identity = identityOf(head, envelope);
	const settle = createSettle(head, envelope, facts);
	const places = findPlaces(envelope, facts);
	const { tab } = envelope;
	return facts.flatMap((fact, position) => {
		const columns = columnsOf(settleInside(fact, settle));
		if (columns === undefined) return [];
		const { path, page } = places.get(columns.view) ?? { path: "", page: "" };
		// Not spread into one literal, which the engine does slowly for as many columns as these.
		const row = { position, tab, kind: fact[0], at: settle(fact[1]), path, page };
		return [Object.assign(row, identity, columns)];
	});
}

/**
 * By page view: its clean path, and its page as the page tells it, else by its path. A chunk says which page
 * view it begins in; later ones come as page facts of its own.
 */
function findPlaces(
	{ view, url, page }: Envelope,
	facts: readonly Fact[],
): Map<number | undefined, { path: string; page: string }> {
	const paths = new Map([[view, pathOf(url)]]);
	const told = new Map([[view, page]]);
	for (const fact of facts) {
		if (fact[0] === FACT_PAGE) paths.set(fact[2], pathOf(fact[3]));
		if (fact[0] === FACT_PATTERN) told.set(fact[2], parsePagePattern(fact[3]) ?? told.get(fact[2]));
	}
	const places = [...paths].filter(([, path]) => path !== "");
	return new Map(
		places.map(([view, path]) => [view, { path, page: told.get(view) ?? pagePattern(path) }]),
	);
}

function columnsOf(fact: Fact): ({ view?: number } & Record<string, unknown>) | undefined {
	switch (fact[0]) {
		case FACT_PAGE: {
			const [, , view, , title, reached, document_width, document_height] = fact;
			const [viewport_width, viewport_height] = [fact[8], fact[9]];
			const document = { view, title, reached, document_width, document_height };
			return Object.assign(document, { viewport_width, viewport_height });
		}
		case FACT_PRESS:
			return columnsOfPress(fact);
		case FACT_SWIPE:
			return Object.assign(columnsOfPress(fact), dataOf(fact, 16));
		case FACT_VISIBLE:
			return { visible: fact[2] };
		case FACT_LEAVE:
			return { view: fact[2], how: fact[3], ...(fact[4] === undefined ? {} : dataOf(fact, 4)) };
		case FACT_ELEMENT:
		case FACT_PATTERN:
			return undefined;
		case FACT_ASSETS:
			return dataOf(fact, 2);
		case FACT_ANSWER:
		case FACT_DITHER:
		case FACT_FIELD:
		case FACT_SUBMIT:
		case FACT_MEDIA:
			return { view: fact[2], element: fact[3], ...dataOf(fact, 4) };
		default:
			return { view: fact[2], ...dataOf(fact, 3) };
	}
}

function columnsOfPress(fact: PressFact | SwipeFact) {
	const [, , view, element, x, y, document_x, document_y, layer, pointer] = fact;
	const [viewport_width, viewport_height, hover_ms, approach_ms, hints, state] = [
		...[fact[10], fact[11], fact[12], fact[13], fact[14]],
		fact[15],
	];
	const where = { view, element, x, y, document_x, document_y, layer, pointer };
	return Object.assign(where, {
		...{ viewport_width, viewport_height, hover_ms, approach_ms, hints, state },
	});
}

/** An answer names its press by its time, and a move its worst moment: they are on the page's clock, too. */
function settleInside(fact: Fact, settle: (at: number) => number): Fact {
	if (fact[0] === FACT_ANSWER) return fact.with(4, settle(fact[4])) as typeof fact;
	if (fact[0] !== FACT_MOVE || fact[5] === 0) return fact;
	return fact.with(5, settle(fact[5])) as typeof fact;
}

function dataOf(fact: Fact, from: number): { data: string } {
	return { data: JSON.stringify(fact.slice(from)) };
}

function createElementRows({ head, envelope, facts }: IndexedEntry): object[] {
	const { site, day, session, stream, version } = identityOf(head, envelope);
	return facts.flatMap((fact) => {
		if (fact[0] !== FACT_ELEMENT) return [];
		const [, , element, candidates, tag, role, text, repeatable] = fact;
		const key = formatElementKey(candidates);
		const where = { site, day, session, stream, element, version };
		return [{ ...where, key, candidates: JSON.stringify(candidates), tag, role, text, repeatable }];
	});
}

/** Times of the page → times that can be true. */
function createSettle(
	{ receivedAt, sentAt }: EntryHead,
	envelope: Envelope,
	facts: readonly Fact[],
): (at: number) => number {
	const span = findSpan(envelope, facts) ?? { first: receivedAt, last: receivedAt };
	const shift = shiftOfChunk({ receivedAt, sentAt, ...span });
	return (at) => settleTime(at, shift, receivedAt);
}

function identityOf(head: EntryHead, envelope: Envelope) {
	return {
		site: head.site,
		day: new Date(timeOfUuidV7(envelope.session)).toISOString().slice(0, 10),
		session: envelope.session,
		stream: envelope.stream,
		sequence: envelope.sequence,
		part: envelope.part,
		version: VERSION_BASE - head.receivedAt,
	};
}

/** `p/20261122/03/…` → `2026-11-22`. */
function dayOfPack(key: string): string {
	return `${key.slice(2, 6)}-${key.slice(6, 8)}-${key.slice(8, 10)}`;
}
