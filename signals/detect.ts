// Facts and what is usual → signals → episodes. The wiring: which detectors there are, in order, and which of them hear
// of what others found. All of them read facts, so that every session is judged, with a replay or without.
// A change of any threshold or rule is another version, so that old verdicts can be told from new ones.
import { type Baselines, NO_BASELINES } from "./baselines.ts";
import { detectBlankSubmit } from "./detectors/blank-submit.ts";
import { detectCorrection } from "./detectors/correction.ts";
import { detectDead } from "./detectors/dead.ts";
import { detectDeadDisabled } from "./detectors/dead-disabled.ts";
import { detectDeadStatic } from "./detectors/dead-static.ts";
import { detectDeadSwipe } from "./detectors/dead-swipe.ts";
import { detectDither } from "./detectors/dither.ts";
import { detectErrors } from "./detectors/error.ts";
import { detectFormAbandon } from "./detectors/form-abandon.ts";
import { findHelp } from "./detectors/help-after.ts";
import { detectFieldSlow, detectHesitation } from "./detectors/hesitation.ts";
import { detectLoop } from "./detectors/loop.ts";
import { detectMisTap } from "./detectors/mis-tap.ts";
import { detectQuickBack } from "./detectors/quick-back.ts";
import { detectRage } from "./detectors/rage.ts";
import { detectRageKey } from "./detectors/rage-key.ts";
import { detectReload } from "./detectors/reload.ts";
import { detectScrollHunt } from "./detectors/scroll-hunt.ts";
import { detectShift } from "./detectors/shift.ts";
import { detectSlow } from "./detectors/slow.ts";
import { detectSlowInput } from "./detectors/slow-input.ts";
import { detectThrash } from "./detectors/thrash.ts";
import { detectValidationLoop } from "./detectors/validation-loop.ts";
import { detectZoom } from "./detectors/zoom.ts";
import { type Episode, frictionOf, joinEpisodes } from "./episode.ts";
import { normalise } from "./normalise/normalise.ts";
import type { FactsOfStream } from "./normalise/streams.ts";
import { type Seen, sortOut } from "./observation.ts";
import { SIGNAL_KINDS, type Signal } from "./signal.ts";

export const DETECTORS = "detectors@3";

export interface Detected {
	/** Version of the detectors and name of the baselines. */
	detectors: string;
	baselines: string;
	signals: Signal[];
	episodes: Episode[];
	/** 0 to 100. */
	friction: number;
}

/** @param parts facts of one session, in chunks of any size and order */
export function detect(
	parts: readonly FactsOfStream[],
	baselines: Baselines = NO_BASELINES,
): Detected {
	return judge(sortOut(normalise(parts)), baselines);
}

export function judge(seen: Seen, baselines: Baselines): Detected {
	const signals = detectSignals(seen, baselines);
	const episodes = joinEpisodes(signals, findHelp(seen));
	const friction = frictionOf(episodes);
	return { detectors: DETECTORS, baselines: baselines.name, signals, episodes, friction };
}

/** In the order of time. */
export function detectSignals(seen: Seen, baselines: Baselines): Signal[] {
	const errors = detectErrors(seen);
	const ofPresses = [
		...errors,
		...detectRage(seen, baselines, errors),
		...detectRageKey(seen),
		...detectDead(seen, baselines),
		...detectDeadDisabled(seen),
		...detectDeadStatic(seen),
		...detectDeadSwipe(seen),
		...detectSlow(seen),
		...detectSlowInput(seen),
		...detectShift(seen),
		...detectMisTap(seen),
	];
	const signals = [
		...ofPresses,
		...detectReload(seen, ofPresses, baselines),
		...detectQuickBack(seen, baselines),
		...detectLoop(seen, baselines),
		...detectHesitation(seen, baselines),
		...detectFieldSlow(seen, baselines),
		...detectCorrection(seen),
		...detectValidationLoop(seen),
		...detectBlankSubmit(seen),
		...detectFormAbandon(seen),
		...detectDither(seen, baselines),
		...detectThrash(seen),
		...detectScrollHunt(seen, baselines),
		...detectZoom(seen),
	];
	return signals.sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b) || a.to - b.to);
}

function rankOf({ kind }: Signal): number {
	return SIGNAL_KINDS.indexOf(kind);
}
