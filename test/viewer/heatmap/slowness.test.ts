import { expect, test } from "vitest";
import {
	colorOfSlowness,
	formatRatio,
	formatRatios,
	paintSlowness,
	positionOfRatio,
	UNSURE_COLOR,
} from "../../../viewer/heatmap/slowness.ts";
import { createSampleElement } from "./sample-heatmap.ts";

const timed = { sessions: 40, medianMs: 900, ratio: 2.31, lower: 1.62, upper: 3.18 };

test.each([
	[0.1, 0],
	[0.5, 0],
	[Math.SQRT1_2, 0.25],
	[1, 0.5],
	[2, 0.75],
	[4, 1],
	[30, 1],
])("%f times as long stands at %f of the legend", (ratio, place) => {
	expect(positionOfRatio(ratio)).toBeCloseTo(place, 10);
});

test("what may be chance has no colour of its own", () => {
	expect(colorOfSlowness({ ...timed, lower: 0.9 })).toBe(UNSURE_COLOR);
	expect(colorOfSlowness(timed)).not.toBe(UNSURE_COLOR);
	expect(colorOfSlowness({ ...timed, ratio: 0.6, lower: 0.5, upper: 0.8 })).not.toBe(UNSURE_COLOR);
});

test("ratios are told with the digits that they are worth", () => {
	expect([formatRatio(0.52), formatRatio(2.31), formatRatio(14.2)]).toEqual([
		"0.5×",
		"2.3×",
		"14×",
	]);
	expect(formatRatios(timed)).toBe("1.6–3.2×");
});

test("an element without times is an outline, one of few sessions is marked", () => {
	expect(paintSlowness(createSampleElement())).toEqual({ says: "", few: false });
	const few = createSampleElement({ hesitation: { ...timed, sessions: 12 } });
	expect(paintSlowness(few)).toMatchObject({ says: "2.3×", few: true });
});
