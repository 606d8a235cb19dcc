import { describe, expect, test } from "vitest";
import { type FetchPlan, type PlanInput, planFetches } from "../../../viewer/player/planner.ts";
import { contents, folded, own, slice } from "./contents.ts";

const SECOND_MS = 1000;
/** Ten minutes, a keyframe and a slice for each. */
const TEN_MINUTES = contents(
	Array.from({ length: 10 }, (_, minute) =>
		slice("a", minute * 60 * SECOND_MS, (minute + 1) * 60 * SECOND_MS - 1),
	),
	[
		own("a", 0),
		...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((minute) => folded("a", minute * 60 * SECOND_MS)),
	],
);
const minute = (count: number) => ({ tab: "t", at: count * 60 * SECOND_MS });
const slicePart = (count: number) => `a${count * 60 * SECOND_MS}`;
const keyframePart = (count: number) => `ka${count * 60 * SECOND_MS}`;

interface Case {
	target?: number;
	hints?: number[];
	there?: string[];
	busy?: string[];
	isIdle?: boolean;
	idleBytes?: number;
}

function plan(wanted: Case): FetchPlan {
	const { target, hints = [], there = [], busy = [], isIdle = false, idleBytes = 0 } = wanted;
	const input: PlanInput = {
		contents: TEN_MINUTES,
		target: target === undefined ? undefined : minute(target),
		hints: hints.map(minute),
		isSettled: (part) => there.includes(part),
		busy: new Set(busy),
		...{ isIdle, idleBytes },
	};
	return planFetches(input);
}

const five = [keyframePart(5), slicePart(5)];
const everything = [...TEN_MINUTES.slices, ...TEN_MINUTES.keyframes].map(({ part }) => part);

describe("what is fetched next", () => {
	test.each<[string, Case, FetchPlan]>([
		["the keyframe and the slice of the target", { target: 5.2 }, { start: five, abort: [] }],
		[
			"what will be played in half a minute",
			{ target: 5.7 },
			{ start: [...five, slicePart(6)], abort: [] },
		],
		[
			"what is pointed at, after the target",
			{ target: 5.2, hints: [8.1] },
			{ start: [...five, keyframePart(8), slicePart(8)], abort: [] },
		],
		["nothing twice", { target: 5.2, busy: five }, { start: [], abort: [] }],
		[
			"nothing that is there",
			{ target: 5.2, there: [keyframePart(5)] },
			{ start: [slicePart(5)], abort: [] },
		],
		[
			"the rest when idle, what lies ahead first, two at a time",
			{ target: 5.2, there: five, isIdle: true, idleBytes: 1e6 },
			{ start: [slicePart(6), slicePart(7)], abort: [] },
		],
		[
			"nothing of the rest before the first picture stands",
			{ target: 5.2, there: five, idleBytes: 1e6 },
			{ start: [], abort: [] },
		],
		[
			"the rest only as far as there is room",
			{ target: 8.2, there: [keyframePart(8), slicePart(8)], isIdle: true, idleBytes: 2500 },
			{ start: [slicePart(9)], abort: [] },
		],
		["nothing where all is there", { target: 5, there: everything }, { start: [], abort: [] }],
		["nothing that nobody wants", {}, { start: [], abort: [] }],
	])("is %s", (_, input, want) => {
		expect(plan(input)).toEqual(want);
	});

	test("never more than six at once", () => {
		const hints = [0.1, 1.1, 2.1, 3.1, 4.1, 6.1];
		expect(plan({ target: 5.2, hints }).start).toHaveLength(6);
		expect(plan({ target: 5.2, hints, busy: ["u", "v", "w", ...five] }).start).toHaveLength(1);
	});

	test("takes a place from what nobody waits for any more, and only as many as it lacks", () => {
		const busy = ["u", "v", "w", "x", "y", "z"];
		expect(plan({ target: 5.2, busy })).toEqual({ start: five, abort: ["u", "v"] });
		expect(plan({ target: 5.2, busy: busy.slice(1) })).toEqual({ start: five, abort: ["v"] });
		expect(plan({ target: 5.2, busy: busy.slice(2) })).toEqual({ start: five, abort: [] });
	});

	test("never takes a place from what the target needs itself", () => {
		const hints = [0.1, 1.1];
		const busy = [keyframePart(0), slicePart(0), keyframePart(1), slicePart(1), "u", "v"];
		expect(plan({ target: 5.2, hints, busy }).abort).toEqual(["u", "v"]);
	});
});
