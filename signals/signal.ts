// One detected piece of friction: what, where, when, and the numbers that led to the verdict, so that nobody has to
// believe it. `explain.ts` puts it into words, `episode.ts` joins what belongs together.
import type { PressSeen, Target, View } from "./observation.ts";

/** In the order of what an episode is named after; the weight of each says how sure it is to have hurt. */
export const WEIGHTS = {
	...{ error: 0.9, validation_loop: 0.7, rage: 0.8, rage_key: 0.4 },
	...{ dead: 0.6, dead_disabled: 0.5, dead_swipe: 0.4, slow: 0.6, slow_input: 0.3, shift: 0.5 },
	mis_tap: 0.35,
	...{ reload: 0.5, form_abandon: 0.6, blank_submit: 0.4, correction: 0.3, quick_back: 0.3 },
	...{ loop: 0.3, hesitation: 0.4, field_slow: 0.25, dither: 0.3, zoom: 0.35, thrash: 0.25 },
	scroll_hunt: 0.2,
	dead_static: 0.2,
} as const;

export type SignalKind = keyof typeof WEIGHTS;
export const SIGNAL_KINDS = Object.keys(WEIGHTS) as SignalKind[];

export interface Signal {
	kind: SignalKind;
	/** First and last instant of what was done. */
	at: number;
	to: number;
	view: View;
	element: Target | undefined;
	/** CSS px of the document, where it has a place. */
	point: readonly [x: number, y: number] | undefined;
	/** 0 to 1: how sure, times how bad within its kind. */
	confidence: number;
	/** What it was about, where a kind has several. */
	verdict: string;
	numbers: Readonly<Record<string, number>>;
}

/** A signal of presses on one element. */
export function signalOf(
	kind: SignalKind,
	presses: readonly [PressSeen, ...PressSeen[]],
	rest: Pick<Signal, "confidence" | "numbers"> & { verdict?: string },
): Signal {
	const [first] = presses;
	const last = presses.at(-1) ?? first;
	const { at, view, element, x, y } = first;
	return { kind, at, to: last.at, view, element, point: [x, y], verdict: "", ...rest };
}

/** Seconds with one digit and whole milliseconds are what people and tables read. */
export function clampShare(value: number, least = 0): number {
	return Math.min(1, Math.max(least, value));
}
