// The pointer came to rest on something again and again, and it was not pressed. Menus and hints that open under the pointer
// are used that way: where many do so, it says nothing. Reads facts.
import type { Baselines } from "../baselines.ts";
import { someBetween } from "../normalise/first-from.ts";
import type { DitherSeen, Seen } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { DITHER_PRESS_MS, DITHER_SHARE } from "../thresholds.ts";

export function detectDither({ dither, press }: Seen, baselines: Baselines): Signal[] {
	const isPressed = ({ at, view, element }: DitherSeen) =>
		someBetween(
			press,
			[at, at + DITHER_PRESS_MS],
			(one) => one.view === view && one.element.number === element.number,
		);
	const isUsual = ({ view, element }: DitherSeen) => {
		const { dithers = 0 } = baselines.elementOf(view, element) ?? {};
		return dithers >= DITHER_SHARE * (baselines.pageOf(view)?.views ?? Number.POSITIVE_INFINITY);
	};
	return dither
		.filter((one) => !isPressed(one) && !isUsual(one))
		.map(({ at, view, element, entries, withinMs }) => ({
			...{ kind: "dither", at: at - withinMs, to: at, view, element, point: undefined },
			...{ verdict: "", confidence: 1, numbers: { entries, ms: withinMs } },
		}));
}
