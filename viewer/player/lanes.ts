// A visit with several tabs as lanes: when each was open, when it was in front, what of it is missing.
// Pure, over the manifest; all times in ms from the session's start.
import type { Gap, Manifest, Marker } from "../../protocol/api.ts";
import { followTabs, type TabMoment, type TabSpan } from "../../replay/active-tab.ts";
import type { Stretch } from "./inactivity.ts";

export interface Lane {
	tab: string;
	/** From when to when it was open. */
	open: Stretch;
	/** While it was in front. */
	front: Stretch[];
	gaps: Gap[];
}

export interface Lanes {
	lanes: Lane[];
	/** Which tab the visitor looked at, without holes. */
	visit: TabSpan[];
}

type LaneInput = Pick<Manifest, "tabs" | "streams" | "markers">;

export function createLanes(manifest: LaneInput, durationMs: number): Lanes {
	const { tabs, streams, markers } = manifest;
	const visit = followTabs(listMoments(markers), 0, durationMs + 1);
	const lanes = tabs.map(({ id, from, to }) => ({
		tab: id,
		open: { from, to },
		front: visit.filter(({ tab }) => tab === id).map((span) => ({ from: span.from, to: span.to })),
		gaps: streams.filter(({ tab }) => tab === id).flatMap(({ gaps }) => gaps),
	}));
	return { lanes: lanes.sort((a, b) => a.open.from - b.open.from), visit };
}

/** The tab that was in front at an instant; the first one where nobody said. "" for none at all. */
export function findFront({ lanes, visit }: Lanes, at: number): string {
	const span = visit.findLast(({ from }) => from <= at) ?? visit[0];
	return span?.tab ?? lanes[0]?.tab ?? "";
}

/** What is missing at an instant of a tab, or of any tab for "". */
export function findGap({ lanes }: Lanes, tab: string, at: number): Gap | undefined {
	for (const lane of lanes) {
		if (tab !== "" && lane.tab !== tab) continue;
		const gap = lane.gaps.find(({ from, to }) => at > from && at < to);
		if (gap !== undefined) return gap;
	}
	return undefined;
}

/** When which tab came to the front: at its page views and when it became visible. */
function listMoments(markers: readonly Marker[]): TabMoment[] {
	return markers
		.filter(({ kind, detail }) => kind !== "press" && !(kind === "leave" && detail !== "unload"))
		.map(({ at, tab, kind }) => ({ at, tab, visible: kind === "page" || kind === "visible" }));
}
