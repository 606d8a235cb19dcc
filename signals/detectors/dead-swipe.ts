// A finger drawn sideways, and nothing moved: what looks like a row of pictures is none. A part that scrolls by itself stops
// at its end, and at the edge of a screen the browser goes back: neither is the page's. Reads facts.
import type { Seen } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { isUnanswered } from "./dead.ts";

export function detectDeadSwipe({ swipe }: Seen): Signal[] {
	return swipe
		.filter((one) => !one.isOfBrowser && isUnanswered(one))
		.map(({ at, view, element, x, y, dragX, answer }) => ({
			...{ kind: "dead_swipe", at, to: at, view, element, point: [x, y], verdict: "" },
			...{ confidence: 1, numbers: { pixels: Math.abs(dragX), watchedMs: answer.watchedMs } },
		}));
}
