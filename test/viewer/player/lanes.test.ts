import { describe, expect, test } from "vitest";
import type { Marker } from "../../../protocol/api.ts";
import { createLanes, findFront, findGap } from "../../../viewer/player/lanes.ts";

const marker = (at: number, tab: string, kind: Marker["kind"], detail = ""): Marker => ({
	...{ at, tab, kind, detail },
	...{ page: "", label: "" },
});
const stream = (tab: string, gaps: { from: number; to: number }[] = []) => ({
	...{ id: tab, tab, from: 0, to: 100, url: "", viewport: { width: 1, height: 1 } },
	gaps: gaps.map((gap) => ({ first: 1, last: 1, ...gap })),
});

const TWO = createLanes(
	{
		tabs: [
			{ id: "late", from: 20, to: 60 },
			{ id: "early", from: 0, to: 100 },
		],
		streams: [stream("early", [{ from: 70, to: 80 }]), stream("late", [{ from: 30, to: 40 }])],
		markers: [
			marker(0, "early", "page"),
			marker(20, "early", "hidden"),
			marker(20, "late", "page"),
			marker(30, "late", "press"),
			marker(60, "late", "hidden"),
			marker(60, "early", "visible"),
		],
	},
	100,
);

describe("lanes", () => {
	test("stand in the order in which the tabs were opened, with when they were in front", () => {
		expect(TWO.lanes.map(({ tab, open, front }) => ({ tab, open, front }))).toEqual([
			{
				tab: "early",
				open: { from: 0, to: 100 },
				front: [
					{ from: 0, to: 20 },
					{ from: 60, to: 101 },
				],
			},
			{ tab: "late", open: { from: 20, to: 60 }, front: [{ from: 20, to: 60 }] },
		]);
	});

	test.each([
		[0, "early"],
		[19, "early"],
		[20, "late"],
		[60, "early"],
		[1000, "early"],
	])("the tab in front at %i is %s", (at, want) => {
		expect(findFront(TWO, at)).toBe(want);
	});

	test("the first tab is in front where nobody said anything, and none where there is none", () => {
		const tabs = [{ id: "only", from: 0, to: 9 }];
		expect(findFront(createLanes({ tabs, streams: [], markers: [] }, 10), 5)).toBe("only");
		expect(findFront(createLanes({ tabs: [], streams: [], markers: [] }, 10), 5)).toBe("");
	});

	test.each([
		["early", 75, true],
		["early", 35, false],
		["late", 35, true],
		["", 35, true],
		["early", 70, false],
		["early", 80, false],
	])("a gap is known in tab «%s» at %i: %s", (tab, at, want) => {
		expect(findGap(TWO, tab, at) !== undefined).toBe(want);
	});
});
