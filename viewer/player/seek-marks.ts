// What stands on the seek bar, in percent of its width. Markers that would lie on top of each other
// become one, so that a session with thousands of presses stays a bar and not a smear.
import type { Manifest } from "../../protocol/api.ts";

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

export interface SeekMarks {
	pages: Mark[];
	presses: Mark[];
	/** No tab was visible. */
	hidden: Band[];
	/** Document loads of which parts are missing: where in them is not known. */
	damaged: Band[];
}

const CLOSE_PERCENT = 0.35;

export function placeMarks(
	{ markers, streams }: Pick<Manifest, "markers" | "streams">,
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
		damaged: streams
			.filter(({ gaps }) => gaps.length > 0)
			.map(({ from, to }) => ({ from: percent(from), to: percent(to) })),
	};
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
