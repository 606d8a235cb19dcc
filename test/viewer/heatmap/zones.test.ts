import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	boundsOf,
	boxBetween,
	cleanName,
	findInRectangle,
	formatZones,
	nameNext,
	parseZones,
	type Zone,
} from "../../../viewer/heatmap/zones.ts";

const at = (id: string, x: number, y: number, width: number, height: number) => ({
	id,
	box: { x, y, width, height },
});
const PAGE = [
	at("1", 0, 0, 1000, 2000),
	at("2", 0, 0, 1000, 60),
	at("3", 10, 10, 80, 40),
	at("4", 100, 10, 80, 40),
	at("5", 300, 200, 400, 300),
	at("6", 300, 200, 400, 300),
];

describe("a rectangle on a page", () => {
	test.each([
		["takes what lies in it", [0, 0, 200, 60], ["3", "4"]],
		["takes what was meant, where the hand stopped short", [20, 12, 150, 36], ["3", "4"]],
		["leaves out what it only touches", [0, 0, 110, 60], ["3"]],
		["takes what holds other things with them", [0, 0, 1000, 70], ["2", "3", "4"]],
		[
			"takes the smallest that it was drawn within, under all its names",
			[400, 300, 50, 50],
			["5", "6"],
		],
		["takes the page where nothing else is", [10, 1500, 50, 50], ["1"]],
		["takes nothing beside the page", [1200, 10, 50, 50], []],
		["without extent is what is pointed at", [120, 20, 0, 0], ["4"]],
	])("%s", (_, [x = 0, y = 0, width = 0, height = 0], ids) => {
		expect(findInRectangle({ x, y, width, height }, PAGE)).toEqual(ids);
	});

	test("is the same from whichever corner it is drawn", () => {
		const box = { x: 10, y: 20, width: 30, height: 40 };
		expect(boxBetween({ x: 10, y: 20 }, { x: 40, y: 60 })).toEqual(box);
		expect(boxBetween({ x: 40, y: 20 }, { x: 10, y: 60 })).toEqual(box);
	});
});

test("a zone is drawn around all its boxes, and around none is nothing", () => {
	const boxes = PAGE.slice(2, 5).map(({ box }) => box);
	expect(boundsOf(boxes)).toEqual({ x: 10, y: 10, width: 690, height: 490 });
	expect(boundsOf([])).toBeUndefined();
});

describe("zones in an address", () => {
	const zones = fc.array(
		fc.record({
			name: fc.string({ unit: "grapheme", maxLength: 20 }).map(cleanName),
			elements: fc.uniqueArray(
				fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((id) => id.toString(16)),
				{ minLength: 1, maxLength: 5 },
			),
		}),
		{ maxLength: 8 },
	);

	test("come back as they were written", () => {
		fc.assert(
			fc.property(zones, (some: Zone[]) => {
				expect(parseZones(formatZones(some))).toEqual(some);
			}),
		);
	});

	test.each([
		[undefined, 0],
		["", 0],
		["Hero", 0],
		["Hero:", 0],
		["Hero:xyz", 0],
		["Hero:1f;Menu:<script>;Foot:2", 2],
		["Hero:1f,,1f", 1],
		[Array.from({ length: 99 }, (_, number) => `a:${number}`).join(";"), 20],
	])("of %j are %i", (text, count) => {
		expect(parseZones(text)).toHaveLength(count);
	});

	test("have names without the signs that part them", () => {
		expect(cleanName("  Hero: left; right, ")).toBe("Hero left right");
	});

	test("are numbered where nobody has named them", () => {
		const [one, three] = ["Zone 1", "Zone 3"].map((name) => ({ name, elements: ["1"] }));
		expect(nameNext([one, three] as Zone[])).toBe("Zone 2");
	});
});
