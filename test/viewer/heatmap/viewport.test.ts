import { describe, expect, test } from "vitest";
import { resizeEvents } from "../../../viewer/heatmap/backdrop.ts";
import { chooseScale, chooseViewport } from "../../../viewer/heatmap/viewport.ts";

describe("the viewport a page is rebuilt in", () => {
	test.each([
		["takes the height of a recording of about that width", 1440, [1366, 700], 700],
		["takes a usual height where the recording was of another width", 390, [1440, 900], 844],
		["takes a usual height where none was recorded", 1440, [1440, 0], 900],
	])("%s", (_, width, [recordedWidth = 0, recordedHeight = 0], height) => {
		const viewport = chooseViewport(width, { width: recordedWidth, height: recordedHeight });
		expect(viewport).toEqual({ width, height });
	});
});

describe("the scale it is shown at", () => {
	test.each([
		["fits the width", { width: 1440, height: 900 }, { width: 720, height: 900 }, 0.5],
		["is never above life size", { width: 390, height: 844 }, { width: 1000, height: 2000 }, 1],
		["fits the height of a phone", { width: 390, height: 800 }, { width: 1000, height: 680 }, 0.85],
		[
			"stays legible where the room is low",
			{ width: 390, height: 844 },
			{ width: 900, height: 300 },
			0.75,
		],
	])("%s", (_, viewport, room, want) => {
		expect(chooseScale(viewport, room)).toBeCloseTo(want, 6);
	});
});

test("every viewport in a recording becomes the wanted one, and nothing else changes", () => {
	const events = [
		{ type: 4, timestamp: 1, data: { href: "https://shop.test/", width: 1280, height: 720 } },
		{ type: 3, timestamp: 2, data: { source: 4, width: 1000, height: 700 } },
		{ type: 3, timestamp: 3, data: { source: 1, positions: [] } },
	];
	const resized = resizeEvents(events, { width: 390, height: 844 });
	expect(resized.map(({ data }) => data)).toEqual([
		{ href: "https://shop.test/", width: 390, height: 844 },
		{ source: 4, width: 390, height: 844 },
		{ source: 1, positions: [] },
	]);
});
