// What stands on the seek bar, in percent of its width. Markers that would lie on top of each other
// become one, so that a session with thousands of presses stays a bar and not a smear.
import type { Gap, Manifest, Reduced } from "../../protocol/api.ts";

type Marker = Manifest["markers"][number];

export interface Mark {
	/** 0-100 */
	at: number;
	count: number;
}

export interface Band {
	from: number;
	to: number;
}

export interface GapBand extends Band {
	gap: Gap;
}

export interface ReducedBand extends Band {
	reduced: Reduced;
}

export interface SeekMarks {
	pages: Mark[];
	presses: Mark[];
	/** No tab was visible. */
	hidden: Band[];
	/** Chunks that never arrived. */
	gaps: GapBand[];
	/** Recorded with less detail. */
	reduced: ReducedBand[];
}

const CLOSE_PERCENT = 0.35;
const GAP_PERCENT = 0.8;

export function placeMarks(
	{ markers, streams, reduced }: Pick<Manifest, "markers" | "streams" | "reduced">,
	durationMs: number,
): SeekMarks {
	const percent = (ms: number) =>
		durationMs <= 0 ? 0 : Math.min(100, Math.max(0, (ms / durationMs) * 100));
	const of = (kind: Marker["kind"]) => markers.filter((marker) => marker.kind === kind);
	return {
		pages: joinClose(of("page").map(({ at }) => percent(at))),
		presses: joinClose(of("press").map(({ at }) => percent(at))),
		hidden: findHidden(markers, durationMs).map(({ from, to }) => ({
			from: percent(from),
			to: percent(to),
		})),
		gaps: streams
			.flatMap(({ gaps }) => gaps)
			.map((gap) => widen({ from: percent(gap.from), to: percent(gap.to), gap })),
		reduced: reduced.map((each) =>
			widen({ from: percent(each.from), to: percent(each.to), reduced: each }),
		),
	};
}

/** The gap at a place of the bar (0-100), undefined where nothing is missing. */
export function findGap({ gaps }: Pick<SeekMarks, "gaps">, at: number): Gap | undefined {
	return gaps.find(({ from, to }) => at >= from && at <= to)?.gap;
}

/** What was recorded with the least detail at a place of the bar (0-100). */
export function findReduced(
	{ reduced }: Pick<SeekMarks, "reduced">,
	at: number,
): Reduced | undefined {
	return reduced
		.filter(({ from, to }) => at >= from && at <= to)
		.map((band) => band.reduced)
		.sort((a, b) => b.step - a.step)[0];
}

/** What was lost in a moment must still be seen and found with a pointer. */
function widen<T extends Band>(band: T): T {
	if (band.to - band.from >= GAP_PERCENT) return band;
	const from = Math.min(100 - GAP_PERCENT, Math.max(0, (band.from + band.to - GAP_PERCENT) / 2));
	return { ...band, from, to: from + GAP_PERCENT };
}

function joinClose(places: number[]): Mark[] {
	const marks: Mark[] = [];
	for (const at of places.sort((a, b) => a - b)) {
		const last = marks.at(-1);
		if (last !== undefined && at - last.at < CLOSE_PERCENT) last.count++;
		else marks.push({ at, count: 1 });
	}
	return marks;
}

/** While no tab of the session was visible: from the last one hidden to the next one seen. */
function findHidden(markers: readonly Marker[], durationMs: number): Band[] {
	const visible = new Set<string>();
	const bands: Band[] = [];
	let since: number | undefined;
	for (const { kind, tab, at } of markers) {
		if (kind === "hidden") {
			visible.delete(tab);
			if (visible.size === 0) since ??= at;
		} else if (kind === "page" || kind === "visible") {
			visible.add(tab);
			if (since !== undefined) bands.push({ from: since, to: at });
			since = undefined;
		}
	}
	return since === undefined ? bands : [...bands, { from: since, to: durationMs }];
}
