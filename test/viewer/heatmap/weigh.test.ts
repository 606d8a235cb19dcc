import { describe, expect, test } from "vitest";
import { rateOf, weightOf } from "../../../viewer/heatmap/weigh.ts";
import { createSampleElement, createSampleHeatmap } from "./sample-heatmap.ts";

describe("a rate is taken over those who could", () => {
	test("presses over the sessions that saw the element", () => {
		const rate = rateOf(createSampleElement(), createSampleHeatmap());
		expect(rate).toMatchObject({ part: 10, whole: 80, of: "sessions that saw it", share: 0.125 });
		expect(rate.lower).toBeLessThan(0.125);
		expect(rate.upper).toBeGreaterThan(0.125);
	});

	test("where only those who pressed are known to have seen it, over all sessions on the page", () => {
		const element = createSampleElement({ exposedSessions: 10, exposedViews: 10 });
		expect(rateOf(element, createSampleHeatmap())).toMatchObject({
			...{ part: 10, whole: 100, of: "sessions on the page" },
		});
	});

	test("first presses over views, last ones over exits, having been seen over views", () => {
		const element = createSampleElement();
		const of = (kind: "first" | "last" | "exposure") =>
			rateOf(element, createSampleHeatmap({ kind }));
		expect(of("first")).toMatchObject({ part: 4, whole: 100, of: "views" });
		expect(of("last")).toMatchObject({ part: 2, whole: 40, of: "exits" });
		expect(of("exposure")).toMatchObject({ part: 80, whole: 100, of: "views" });
	});

	test("an answer that counts more than there were does not break a map", () => {
		const element = createSampleElement({ first: 7 });
		expect(rateOf(element, createSampleHeatmap({ kind: "first", views: 0 })).share).toBe(1);
	});
});

test("the counts of an element together weigh its rate, and every press over the views that saw it", () => {
	const element = createSampleElement();
	expect(10 * weightOf(element, createSampleHeatmap())).toBeCloseTo(0.125, 9);
	const all = createSampleHeatmap({ unit: "all" });
	expect(12 * weightOf(element, all)).toBeCloseTo(12 / 80, 9);
});
