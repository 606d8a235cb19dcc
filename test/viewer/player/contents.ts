// Manifests in short, for tables: `slice("a", 0, 10)` is a slice of stream a.
import type { Contents, Keyframe, Slice } from "../../../viewer/player/passage.ts";

export function slice(stream: string, from: number, to: number, tab = "t"): Slice {
	return { tab, stream, from, to, events: 1, bytes: 1000, part: `${stream}${from}` };
}

/** A keyframe that we folded; `own` gives the page's own, with a part of its own. */
export function folded(stream: string, at: number, tab = "t"): Keyframe {
	return { ...own(stream, at, tab), recorded: false };
}

export function own(stream: string, at: number, tab = "t"): Keyframe {
	return { tab, stream, at, part: `k${stream}${at}`, recorded: true, bytes: 500, texts: [] };
}

/** As in a live session: it stands inside a slice. */
export function inside(stream: string, at: number, tab = "t"): Keyframe {
	return { ...own(stream, at, tab), part: "", bytes: 0 };
}

export function contents(slices: Slice[], keyframes: Keyframe[], texts = 0): Contents {
	return {
		slices,
		keyframes,
		texts: Array.from({ length: texts }, (_, index) => ({ part: `x${index}`, bytes: 100 })),
	};
}
