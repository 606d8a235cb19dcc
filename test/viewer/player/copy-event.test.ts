import { expect, test } from "vitest";
import { copyEvent } from "../../../viewer/player/copy-event.ts";

test("what the player does to an event does not reach the recording", () => {
	const removes = [{ id: 7, parentId: 1 }];
	const event = { type: 3, timestamp: 5, data: { source: 0, removes, adds: [] } };
	const copy = copyEvent(event);
	const data = copy?.data as typeof event.data;
	data.removes = [];
	data.source = 99;
	expect(event.data).toEqual({ source: 0, removes, adds: [] });
	expect(data.removes).toEqual(removes);
});

test.each([
	["an unknown type", { type: 99, timestamp: 1, data: {} }],
	["no time", { type: 3, timestamp: Number.NaN, data: { source: 1 } }],
	["no data", { type: 3, timestamp: 1 }],
	["data that is no object", { type: 2, timestamp: 1, data: "x" }],
])("%s is left out, because one bad event would stop the whole replay", (_, event) => {
	expect(copyEvent(event)).toBeUndefined();
});

test("events without content keep their place", () => {
	expect(copyEvent({ type: 1, timestamp: 9 })).toEqual({ type: 1, timestamp: 9, data: {} });
});
