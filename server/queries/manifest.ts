// What there is of a session: tabs, streams, slices, where a replay can start, and what happened.
import type { Assets, Manifest, Marker, Session, Stream } from "../../protocol/api.ts";
import type { TabMoment } from "../../replay/active-tab.ts";
import type { Index } from "../index/client.ts";
import { formatChunkPart } from "../recordings/part-name.ts";
import type { ChunkRow } from "../recordings/read-session.ts";
import { findGaps, findKnownBefore } from "./gaps.ts";
import type { SessionCost } from "./recorder-cost.ts";

const MARKERS = `
	SELECT toFloat64(toUnixTimestamp64Milli(f.at)) AS at, f.kind AS kind, f.tab AS tab, f.page AS page,
		f.title AS title, f.reached AS reached, f.visible AS visible, f.how AS how,
		e.text AS text, e.role AS role, e.tag AS tag
	FROM (
		SELECT * FROM facts FINAL
		WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
			AND kind IN (1, 2, 4, 5)
	) AS f
	LEFT JOIN (
		SELECT stream, element, text, role, tag FROM elements FINAL
		WHERE site = {site:UInt32} AND day = {day:Date} AND session = {session:UUID}
	) AS e ON f.stream = e.stream AND f.element = e.element AND f.kind = 2
	ORDER BY f.at, f.stream, f.sequence, f.part, f.position
	LIMIT 20000`;

export interface MarkerRow {
	at: number;
	kind: number;
	tab: string;
	page: string;
	title: string;
	reached: string;
	visible: number;
	how: string;
	text: string;
	role: string;
	tag: string;
}

/** Facts of a session that become markers, in order. @throws IndexUnavailable */
export function queryMarkers(
	index: Index,
	where: { site: number; session: string; day: string },
): Promise<MarkerRow[]> {
	return index.query<MarkerRow>(MARKERS, where);
}

/** `at` counts from the session's start. */
export function createMarkers(rows: readonly MarkerRow[], startedAt: number): Marker[] {
	return rows.map((row) => toMarker(row, startedAt));
}

/** What there is to play, as it is stored. */
export type Described = Pick<Manifest, "recording" | "streams" | "slices" | "keyframes" | "texts">;

export function createManifest(
	session: Session,
	{ streams, ...described }: Described,
	{ markers, assets, cost }: { markers: Marker[]; assets: Assets; cost: SessionCost },
	freshness: Manifest["freshness"],
): Manifest {
	const inOrder = streams.toSorted((a, b) => a.from - b.from);
	return {
		session,
		...described,
		tabs: groupBy(inOrder, (stream) => stream.tab).map((parts) => ({
			id: parts[0]?.tab ?? "",
			from: Math.min(...parts.map(({ from }) => from)),
			to: Math.max(...parts.map(({ to }) => to)),
		})),
		streams: inOrder,
		assets,
		markers,
		...cost,
		freshness,
	};
}

/** A session as it was uploaded; each chunk is a slice. */
export function describeChunks(chunks: readonly ChunkRow[], startedAt: number): Described {
	const since = (at: number) => Math.max(0, at - startedAt);
	const streams = groupBy(chunks, (chunk) => chunk.stream).map((parts) => {
		const gaps = findGaps(parts, findKnownBefore(parts, chunks));
		return {
			...toStream(parts, since),
			gaps: gaps.map((gap) => ({ ...gap, from: since(gap.from), to: since(gap.to) })),
		};
	});
	return {
		recording: "",
		streams,
		slices: chunks
			.filter(({ events }) => events > 0)
			.map((chunk) => ({
				...{ tab: chunk.tab, stream: chunk.stream },
				...{ from: since(chunk.from), to: since(chunk.to) },
				...{ events: chunk.events, bytes: chunk.length, part: formatChunkPart(chunk) },
			})),
		keyframes: chunks.flatMap(({ tab, stream, snapshots }) =>
			snapshots.map((at) => ({
				...{ tab, stream, at: since(at), part: "", bytes: 0, recorded: true, texts: [] },
			})),
		),
		texts: [],
	};
}

/** When which tab came to the front: at its page views and when it became visible. */
export function tabMoments(manifest: Manifest): TabMoment[] {
	return manifest.markers
		.filter(({ kind, detail }) => kind !== "press" && !(kind === "leave" && detail !== "unload"))
		.map(({ at, tab, kind }) => ({ at, tab, visible: kind === "page" || kind === "visible" }));
}

function toStream(parts: readonly ChunkRow[], since: (at: number) => number): Omit<Stream, "gaps"> {
	const first = parts[0];
	const from = Math.min(...parts.map((chunk) => chunk.first));
	const to = Math.max(...parts.map((chunk) => chunk.last));
	return {
		id: first?.stream ?? "",
		tab: first?.tab ?? "",
		from: since(from),
		to: since(to),
		url: first?.url ?? "",
		viewport: { width: first?.width ?? 0, height: first?.height ?? 0 },
	};
}

function toMarker(row: MarkerRow, startedAt: number): Marker {
	const base = { at: Math.max(0, row.at - startedAt), tab: row.tab, page: row.page };
	switch (row.kind) {
		case 1:
			return { ...base, kind: "page", label: row.title || row.page, detail: row.reached };
		case 2:
			return { ...base, kind: "press", label: row.text, detail: row.role || row.tag };
		case 4:
			return { ...base, kind: row.visible === 1 ? "visible" : "hidden", label: "", detail: "" };
		default:
			return { ...base, kind: "leave", label: "", detail: row.how };
	}
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group === undefined) groups.set(keyOf(item), [item]);
		else group.push(item);
	}
	return [...groups.values()];
}
