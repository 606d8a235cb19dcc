import { describe, expect, test } from "vitest";
import { costOf, createKeyframePlan } from "../../replay/keyframe-plan.ts";

const event = (data: object) => ({ type: 3, timestamp: 1, data });
const add = (id: number, rest: object = {}) => ({
	parentId: 1,
	nextId: null,
	node: { type: 2, id, tagName: "p", attributes: {}, childNodes: [], ...rest },
});
const adds = (count: number) =>
	event({ source: 0, adds: Array.from({ length: count }, (_, id) => add(id)) });
const moved = event({ source: 1, positions: [] });

describe("the cost of a jump", () => {
	test.each([
		["1,000 mutations of one node", Array.from({ length: 1000 }, () => adds(1)), 30, 70],
		["one mutation of 5,000 nodes", [adds(5000)], 100, 200],
		["1,000 moves of the mouse", Array.from({ length: 1000 }, () => moved), 5, 20],
		[
			"a frame of 1,000 nodes",
			[
				event({
					source: 0,
					adds: [add(1, { childNodes: Array.from({ length: 1000 }, (_, id) => add(id).node) })],
				}),
			],
			25,
			60,
		],
		[
			"a sheet of 28 KB",
			[event({ source: 0, adds: [add(1, { attributes: { _cssText: "a".repeat(28_000) } })] })],
			35,
			80,
		],
		["a snapshot of junk", [{ type: 3, timestamp: 1, data: null }], 0, 1],
	])("of %s is about what a browser takes", (_, events, least, most) => {
		const cost = events.reduce((sum, each) => sum + costOf(each), 0);
		expect(cost).toBeGreaterThanOrEqual(least);
		expect(cost).toBeLessThanOrEqual(most);
	});
});

describe("a keyframe", () => {
	const KILOBYTE = 1024;
	test.each([
		{
			name: "before it saves anything",
			mutations: 1000,
			eventBytes: 1000 * KILOBYTE,
			keyframe: KILOBYTE,
			nodes: 4000,
			want: false,
		},
		{
			name: "once it saves enough",
			mutations: 4000,
			eventBytes: 1000 * KILOBYTE,
			keyframe: KILOBYTE,
			nodes: 4000,
			want: true,
		},
		{
			name: "while it would outweigh the events",
			mutations: 4000,
			eventBytes: 10 * KILOBYTE,
			keyframe: 20 * KILOBYTE,
			nodes: 4000,
			want: false,
		},
		{
			name: "whatever it weighs, once a seek is felt",
			mutations: 11_000,
			eventBytes: 10 * KILOBYTE,
			keyframe: 20 * KILOBYTE,
			nodes: 4000,
			want: true,
		},
		{
			name: "while showing the page takes longer than the replay",
			mutations: 11_000,
			eventBytes: 10 * KILOBYTE,
			keyframe: 20 * KILOBYTE,
			nodes: 200_000,
			want: false,
		},
	])("is due or not $name: $want", ({ mutations, eventBytes, keyframe, nodes, want }) => {
		const plan = createKeyframePlan();
		for (let count = 0; count < mutations; count++) plan.weigh(adds(1), eventBytes / mutations);
		expect(plan.isDue(nodes, keyframe)).toBe(want);
	});

	test("begins the count anew", () => {
		const plan = createKeyframePlan();
		for (let count = 0; count < 5000; count++) plan.weigh(adds(1), 1000);
		expect(plan.isDue(1000, 1000)).toBe(true);
		plan.begin(1000);
		expect(plan.cost).toBe(0);
		expect(plan.isDue(1000, 1000)).toBe(false);
	});

	test("stands behind a giant", () => {
		const plan = createKeyframePlan();
		plan.weigh(adds(20_000), 1000);
		expect(plan.isDue(4000, 1_000_000)).toBe(true);
	});

	test("keeps within its share over a whole session, where seeks allow it", () => {
		const plan = createKeyframePlan();
		const [keyframe, bytes] = [40_000, 300];
		let events = 0;
		let keyframes = 0;
		for (let count = 0; count < 60_000; count++) {
			plan.weigh(adds(1), bytes);
			events += bytes;
			if (!plan.isDue(4000, keyframe)) continue;
			plan.begin(keyframe);
			keyframes += keyframe;
		}
		expect(keyframes).toBeGreaterThan(0);
		expect(keyframes / events).toBeLessThan(0.35);
	});
});
