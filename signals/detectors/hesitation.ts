// Hesitation: a press or a first input that took unusually long, for this element, and for this person. Time counts as
// its logarithm, because it is a product of many delays; a person's own pace is taken off before, because slow hands
// are no doubt. Says nothing where no population is known. Reads facts.
import type { Baselines } from "../baselines.ts";
import { firstFrom } from "../normalise/first-from.ts";
import type { Seen } from "../observation.ts";
import { clampShare, type Signal, type SignalKind } from "../signal.ts";
import {
	FIELD_HESITATION_MS,
	HESITATION_MS,
	PERSON_COUNT,
	SIGMA_FLOOR,
	TOUCH_HESITATION_MS,
	UNUSUAL_Z,
	VERY_UNUSUAL_Z,
} from "../thresholds.ts";
import { listOpportunities, type Opportunity } from "./opportunities.ts";

type Judged = Opportunity & { usual: number; sigma: number };

/** Of the weight, at the first z that counts. */
const LEAST_CONFIDENCE = 0.625;

export function detectHesitation(seen: Seen, baselines: Baselines): Signal[] {
	const press = detectUnusual(seen, baselines, { measure: "press", kind: "hesitation" });
	const field = detectUnusual(seen, baselines, { measure: "field", kind: "hesitation" });
	return [...press, ...field];
}

/** A field that took unusually long from the focus to its end. */
export function detectFieldSlow(seen: Seen, baselines: Baselines): Signal[] {
	return detectUnusual(seen, baselines, { measure: "field-active", kind: "field_slow" });
}

function detectUnusual(
	seen: Seen,
	baselines: Baselines,
	{ measure, kind }: { measure: Opportunity["measure"]; kind: SignalKind },
): Signal[] {
	const judged = listOpportunities(seen)
		.filter((one) => one.measure === measure)
		.flatMap((one) => judge(one, baselines));
	const sorted = judged.map(({ y, usual }) => y - usual).sort((a, b) => a - b);
	return judged.flatMap((one): Signal[] => {
		const z = (one.y - one.usual - paceOf(sorted, one.y - one.usual)) / one.sigma;
		if (z < UNUSUAL_Z || one.ms < leastOf(one)) return [];
		const { view, element } = one.seen;
		const point = one.seen.kind === "press" ? ([one.seen.x, one.seen.y] as const) : undefined;
		const sure = (z - UNUSUAL_Z) / (VERY_UNUSUAL_Z - UNUSUAL_Z);
		return [
			{
				...{ kind, at: one.from, to: one.seen.at, view, element, point, verdict: measure },
				confidence: clampShare(LEAST_CONFIDENCE + (1 - LEAST_CONFIDENCE) * sure),
				numbers: { ms: one.ms, usualMs: Math.round(Math.exp(one.usual)), z },
			},
		];
	});
}

function leastOf({ measure, seen }: Opportunity): number {
	if (measure !== "press") return FIELD_HESITATION_MS;
	return seen.kind === "press" && seen.pointer === "touch" ? TOUCH_HESITATION_MS : HESITATION_MS;
}

function judge(one: Opportunity, baselines: Baselines): Judged[] {
	const { view, element } = one.seen;
	const pointer = one.seen.kind === "press" ? one.seen.pointer : "";
	const usual = baselines.timeOf(one.measure, view, element, pointer);
	if (usual === undefined) return [];
	const sigma = Math.max(SIGMA_FLOOR, usual.scale);
	return [{ ...one, usual: usual.location, sigma }];
}

/**
 * How much slower this person is than others, by the rest of what they did; little is believed to be nothing.
 * @param sorted how far everything was from what is usual, this one among it
 */
function paceOf(sorted: readonly number[], own: number): number {
	const count = sorted.length - 1;
	if (count < 1) return 0;
	const without = firstFrom(sorted, own);
	const at = (index: number) => sorted[index < without ? index : index + 1] ?? 0;
	const offset = (at((count - 1) >> 1) + at(count >> 1)) / 2;
	return (count / (count + PERSON_COUNT)) * offset;
}
