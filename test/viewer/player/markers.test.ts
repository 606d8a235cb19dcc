import { describe, expect, test } from "vitest";
import { describeGap } from "../../../viewer/player/describe-gap.ts";
import {
	findCurrentMarker,
	findNeighbour,
	findPage,
	type Marker,
} from "../../../viewer/player/find-marker.ts";
import { listHappenings } from "../../../viewer/player/list-happenings.ts";
import { findGap, findReduced, placeMarks } from "../../../viewer/player/seek-marks.ts";

function createMarker(at: number, kind: Marker["kind"], more: Partial<Marker> = {}): Marker {
	return { at, kind, tab: "a", page: "/", label: "", detail: "", ...more };
}

const markers = [
	createMarker(0, "page", { page: "/" }),
	createMarker(2000, "press"),
	createMarker(3000, "hidden"),
	createMarker(6000, "visible"),
	createMarker(7000, "page", { page: "/cart" }),
	createMarker(9000, "leave"),
];

test.each([
	[-1, -1],
	[0, 0],
	[1999, 0],
	[2000, 1],
	[99_999, 5],
])("at %i ms the current marker is number %i", (timeMs, want) => {
	expect(findCurrentMarker(markers, timeMs)).toBe(want);
});

test.each([
	[0, "/"],
	[6999, "/"],
	[7000, "/cart"],
	[-1, undefined],
])("at %i ms the page is %s", (timeMs, want) => {
	expect(findPage(markers, timeMs)?.page).toBe(want);
});

describe("next and previous go from page to press to page", () => {
	test.each([
		["next", 0, 2000],
		["next", 2000, 7000],
		["next", 7000, undefined],
		["previous", 7000, 2000],
		["previous", 2500, 0],
		["previous", 500, undefined],
	] as const)("%s from %i ms", (way, timeMs, want) => {
		expect(findNeighbour(markers, timeMs, way)?.at).toBe(want);
	});
});

describe("what stands on the seek bar", () => {
	const stream = {
		id: "s",
		tab: "a",
		from: 0,
		to: 5000,
		url: "",
		viewport: { width: 1, height: 1 },
	};

	test("pages, presses and the time the tab was hidden", () => {
		const reduced = [{ tab: "a", from: 4000, to: 6000, step: 2 }];
		const marks = placeMarks({ reduced, markers, streams: [{ ...stream, gaps: [] }] }, 10_000);
		expect(marks).toEqual({
			pages: [
				{ at: 0, count: 1 },
				{ at: 70, count: 1 },
			],
			presses: [{ at: 20, count: 1 }],
			hidden: [{ from: 30, to: 60 }],
			gaps: [],
			reduced: [{ from: 40, to: 60, reduced: reduced[0] }],
		});
		const worse = { from: 50, to: 55, reduced: { tab: "a", from: 5000, to: 5500, step: 3 } };
		const both = { reduced: [...marks.reduced, worse] };
		expect([39, 45, 52, 70].map((at) => findReduced(both, at)?.step)).toEqual([
			...[undefined, 2, 3, undefined],
		]);
	});

	test.each([
		["a stretch", 2000, 2500, { from: 20, to: 25 }],
		["a moment, wide enough to be seen", 5000, 5000, { from: 49.6, to: 50.4 }],
		["the very beginning", 0, 10, { from: 0, to: 0.8 }],
		["the very end", 10_000, 10_000, { from: 99.2, to: 100 }],
	])("what never arrived is a gap where it is missing: %s", (_, from, to, want) => {
		const gap = { first: 3, last: 4, from, to };
		const marks = placeMarks(
			{ reduced: [], markers: [], streams: [{ ...stream, gaps: [gap] }] },
			10_000,
		);
		const [band, ...others] = marks.gaps;
		expect(others).toEqual([]);
		expect(band?.from).toBeCloseTo(want.from, 6);
		expect(band?.to).toBeCloseTo(want.to, 6);
		expect(findGap(marks, (want.from + want.to) / 2)).toBe(gap);
		expect(findGap(marks, want.from > 50 ? 10 : 90)).toBeUndefined();
	});

	test.each([
		[{ first: 3, last: 3, from: 2000, to: 2400 }, "1 part missing at 0:02"],
		[{ first: 3, last: 6, from: 2000, to: 65_000 }, "4 parts missing between 0:02 and 1:05"],
	])("a gap says what is missing", (gap, want) => {
		expect(describeGap(gap)).toBe(want);
	});

	test("a tab that stays hidden is hidden to the end", () => {
		const { hidden } = placeMarks(
			{ reduced: [], markers: markers.slice(0, 3), streams: [] },
			10_000,
		);
		expect(hidden).toEqual([{ from: 30, to: 100 }]);
	});

	test("presses too close to tell apart become one", () => {
		const burst = [1000, 1010, 1020, 5000].map((at) => createMarker(at, "press"));
		const { presses } = placeMarks({ reduced: [], markers: burst, streams: [] }, 10_000);
		expect(presses.map(({ count }) => count)).toEqual([3, 1]);
	});

	test("a session without length has its marks at the beginning", () => {
		const { presses } = placeMarks(
			{ reduced: [], markers: [createMarker(0, "press")], streams: [] },
			0,
		);
		expect(presses).toEqual([{ at: 0, count: 1 }]);
	});
});

test("a page that is left for the next one is no line, the last one that is left is", () => {
	const visit = [
		createMarker(0, "page"),
		createMarker(4000, "leave", { detail: "unload" }),
		createMarker(4100, "page"),
		createMarker(5000, "leave", { detail: "copy" }),
		createMarker(6000, "leave", { detail: "unload" }),
		createMarker(7000, "page", { tab: "b" }),
	];
	expect(listHappenings(visit).map(({ at }) => at)).toEqual([0, 4100, 5000, 6000, 7000]);
});

test("a tab in the background is no absence while another is looked at", () => {
	const visit = [
		createMarker(0, "page", { tab: "a" }),
		createMarker(1000, "page", { tab: "b" }),
		createMarker(1100, "hidden", { tab: "a" }),
		createMarker(5000, "hidden", { tab: "b" }),
		createMarker(7000, "visible", { tab: "a" }),
	];
	const { hidden } = placeMarks({ reduced: [], markers: visit, streams: [] }, 10_000);
	expect(hidden).toEqual([{ from: 50, to: 70 }]);
});
