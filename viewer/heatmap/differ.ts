// What two maps say differently of their elements, and which of the differences are more than chance. Pure.
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { type Difference, newcombe } from "../../signals/statistics/interval.ts";
import { holding } from "../../signals/statistics/many.ts";
import { differenceColor } from "./ramp.ts";
import { positionOf } from "./scale.ts";
import { baseOf } from "./weigh.ts";

export interface ElementDifference {
	/** As one of the maps has it; both have it under this key. */
	element: HeatmapElement;
	a: readonly [part: number, whole: number];
	b: readonly [part: number, whole: number];
	/** Rate in B less rate in A. */
	difference: Difference;
	/** Its interval leaves zero out, and it stays after the number of elements is counted in. */
	holds: boolean;
}

/** The largest differences that hold come first, then the others. */
export function differ(a: Heatmap, b: Heatmap): ElementDifference[] {
	const [inA, inB] = [byKey(a), byKey(b)];
	const keys = [...new Set([...inA.keys(), ...inB.keys()])];
	const found = keys.flatMap((key) => {
		const element = inA.get(key) ?? inB.get(key);
		if (element === undefined) return [];
		const [left, right] = [shareIn(a, inA.get(key)), shareIn(b, inB.get(key))];
		return [{ element, a: left, b: right, difference: newcombe(left, right) }];
	});
	const held = holding(found.map(({ difference }) => difference.p));
	return found
		.map((entry, index) => {
			const { lower, upper } = entry.difference;
			return { ...entry, holds: (held[index] ?? false) && (lower > 0 || upper < 0) };
		})
		.sort(
			(one, other) =>
				Number(other.holds) - Number(one.holds) ||
				Math.abs(other.difference.share) - Math.abs(one.difference.share),
		);
}

/** The same steps as the legend of rates, to both sides; a third of all visitors is the end. */
export function colorOfDifference(share: number): string {
	const strength = Math.min(1, positionOf(Math.abs(share)) / positionOf(0.3));
	return differenceColor(0.5 + (Math.sign(share) * strength) / 2);
}

/** Somebody who never met an element did not press it: of those who came to the page. */
function shareIn(heatmap: Heatmap, element: HeatmapElement | undefined): readonly [number, number] {
	if (element === undefined) {
		const byView = heatmap.kind === "first" || heatmap.kind === "exposure";
		const whole = byView
			? heatmap.views
			: heatmap.kind === "last"
				? heatmap.exits
				: heatmap.sessions;
		return [0, whole];
	}
	const { part, whole } = baseOf(element, heatmap);
	return [part, Math.max(part, whole)];
}

/** A button whose text changes stands under several names with one key: the most pressed speaks for it. */
function byKey({ elements }: Heatmap): Map<string, HeatmapElement> {
	const found = new Map<string, HeatmapElement>();
	for (const element of elements) {
		if (element.key === "") continue;
		const known = found.get(element.key);
		if (known === undefined || known.presses < element.presses) found.set(element.key, element);
	}
	return found;
}
