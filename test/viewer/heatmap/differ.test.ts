import { expect, test } from "vitest";
import { colorOfDifference, differ } from "../../../viewer/heatmap/differ.ts";
import { createSampleElement, createSampleHeatmap } from "./sample-heatmap.ts";

const pressed = (key: string, sessions: number, exposedSessions: number) =>
	createSampleElement({ key, sessions, exposedSessions, presses: sessions });
const map = (...elements: ReturnType<typeof pressed>[]) =>
	createSampleHeatmap({ sessions: 1000, views: 1000, elements });

test("the surest difference comes first, in the direction from A to B", () => {
	const [first, second] = differ(
		map(pressed("id:buy", 50, 500), pressed("id:menu", 40, 400)),
		map(pressed("id:buy", 150, 500), pressed("id:menu", 44, 400)),
	);
	expect(first).toMatchObject({ holds: true, a: [50, 500], b: [150, 500] });
	expect(first?.difference.share).toBeCloseTo(0.2, 9);
	expect(second).toMatchObject({ holds: false });
});

test("what stands on one map alone was pressed by nobody on the other", () => {
	const [only] = differ(map(), map(pressed("id:new", 90, 300)));
	expect(only).toMatchObject({ a: [0, 1000], b: [90, 300], holds: true });
});

test("of many elements that do not differ hardly one is said to", () => {
	// Twenty times the same 10 % of 400, with the noise of a binomial: nothing but chance.
	const noise = [0, 5, -6, 3, -9, 8, -2, 11, -4, 7, 1, -7, 6, -3, 9, -8, 2, -5, 4, -1];
	const a = map(...noise.map((by, at) => pressed(`id:n${at}`, 40 + by, 400)));
	const b = map(...noise.map((by, at) => pressed(`id:n${at}`, 40 - by, 400)));
	expect(differ(a, b).filter(({ holds }) => holds)).toEqual([]);
});

test("more and less have colours of their own, and the same strength", () => {
	expect(colorOfDifference(0.5)).toBe(colorOfDifference(0.3));
	expect(colorOfDifference(-0.1)).not.toBe(colorOfDifference(0.1));
});
