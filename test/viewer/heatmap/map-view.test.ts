import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
	changeView,
	createAsk,
	otherOf,
	parseView,
	VIEW_KEYS,
	writeView,
} from "../../../viewer/heatmap/map-view.ts";

const NOW = Date.UTC(2026, 10, 23);
const DAY = 86_400_000;
const map = { page: "/", width: 1440, group: "" };

test("whatever a view says is read back from the address", () => {
	const text = fc.string({ minLength: 1, maxLength: 20 });
	const view = fc.record(Object.fromEntries(VIEW_KEYS.map((key) => [key, text])), {
		requiredKeys: [],
	});
	fc.assert(
		fc.property(view, (told) => {
			const query = new URLSearchParams();
			writeView(told, query);
			expect(parseView(new URLSearchParams(query.toString())) ?? {}).toEqual({ ...told });
		}),
	);
});

test("a map of nothing in particular asks for each session once, over the last four weeks", () => {
	expect(createAsk(map, NOW)).toEqual({
		...map,
		...{ kind: "press", unit: "unique", pointer: "", state: "", filter: "", from: NOW - 28 * DAY },
	});
});

test("what cannot be is left at its default", () => {
	const view = { kind: "smoke", unit: "some", days: "-3", from: "soon" };
	expect(createAsk({ ...map, view }, NOW)).toMatchObject({
		...{ kind: "press", unit: "unique", from: NOW - 28 * DAY },
	});
});

test("days that are named are whole ones", () => {
	const { from = 0, to = 0 } = createAsk(
		{ ...map, view: { from: "2026-11-02", to: "2026-11-02" } },
		NOW,
	);
	expect(to - from).toBe(DAY);
});

test("the other map differs in what it says of itself, and in nothing else", () => {
	const view = { kind: "first", filter: "os:Linux", versus: "group=0-479&filter=" };
	const other = otherOf({ ...map, group: "1440-", view });
	expect(other.group).toBe("0-479");
	expect(other.view).toEqual({ kind: "first", versus: "group=0-479&filter=" });
});

test("going back to every default leaves no view in the address", () => {
	expect(changeView({ kind: "move" }, { kind: "" })).toBeUndefined();
});
