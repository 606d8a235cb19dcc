import { expect, test } from "vitest";
import { listScrolls } from "../../../viewer/player/scrolls.ts";
import { planSteps } from "../../../viewer/player/steps.ts";

const scroll = (timestamp: number, id: number, y: number) => ({
	...{ type: 3, timestamp },
	data: { source: 3, id, x: 0, y },
});
const snapshot = (timestamp: number, top: number, attributes: object = {}) => ({
	...{ type: 2, timestamp },
	data: {
		node: { type: 0, id: 1, childNodes: [{ type: 2, id: 5, attributes, childNodes: [] }] },
		initialOffset: { left: 0, top },
	},
});
const mutation = (timestamp: number, adds: object[] = []) => ({
	...{ type: 3, timestamp },
	data: { source: 0, adds, removes: [], texts: [], attributes: [] },
});

test("everything stands where it was scrolled to last, in the document that is open", () => {
	const events = [
		snapshot(1, 50, { rr_scrollTop: 7 }),
		scroll(2, 1, 80),
		scroll(3, 9, 30),
		mutation(4, [{ node: { id: 20, attributes: { rr_scrollLeft: 3 } } }]),
		scroll(5, 9, 0),
		scroll(6, 1, 90),
		snapshot(7, 0),
		scroll(8, 4, 11),
	];
	const at = (time: number) => listScrolls(events, time).map(({ id, x, y }) => [id, x, y]);
	expect(at(1)).toEqual([
		[1, 0, 50],
		[5, 0, 7],
	]);
	expect(at(4)).toEqual([
		[1, 0, 80],
		[5, 0, 7],
		[9, 0, 30],
		[20, 3, 0],
	]);
	expect(at(6)).toEqual([
		[1, 0, 90],
		[5, 0, 7],
		[20, 3, 0],
	]);
	expect(at(8)).toEqual([[4, 0, 11]]);
});

test("a long way is cut into steps, the rebuild being the first", () => {
	const adds = Array.from({ length: 200 }, () => ({ node: {} }));
	const events = [snapshot(10, 0), ...[11, 12, 13, 14, 15, 16].map((at) => mutation(at, adds))];
	const steps = planSteps(events, 100);
	expect(steps[0]).toBe(11);
	expect(steps.length).toBeGreaterThan(1);
	expect(steps.every((step, index) => step > (steps[index - 1] ?? 0))).toBe(true);
	expect(planSteps(events, 11)).toEqual([]);
	expect(planSteps([snapshot(10, 0), mutation(11)], 100)).toEqual([11]);
});
