import { describe, expect, test } from "vitest";
import { formatRoute } from "../../../viewer/routes.ts";
import {
	mapKindOf,
	mapOf,
	type ReportedSignal,
	replayOf,
	sessionsOf,
} from "../../../viewer/signals/signal-links.ts";
import { SIGNAL_VIEW } from "../../../viewer/signals/signal-view.ts";

const signal: ReportedSignal = {
	...{ kind: "rage", page: "/product/:slug", episodes: 2, sessions: 1, severity: 1, latest: 0 },
	sentence: "",
	element: { id: "1f", key: "id:buy", candidates: [], text: "Buy", role: "button", tag: "button" },
	rate: { part: 1, whole: 2, of: "presses", share: 0.5, lower: 0.1, upper: 0.9 },
	replays: [{ session: "ab", tab: "t", at: 17_500, replayAt: 12_500 }],
};
const ofPage: ReportedSignal = {
	...{ ...signal, kind: "quick_back" },
	element: { id: "", key: "", candidates: [], text: "", role: "", tag: "" },
};
const DESK = { view: SIGNAL_VIEW, windowPx: 1440 };

test.each([
	["rage", "rage"],
	["rage_key", "rage"],
	["dead_disabled", "dead"],
	["dead", "dead"],
	["error", "error"],
	["hesitation", "hesitation"],
	["slow", "press"],
	["quick_back", "press"],
])("%s is seen on the map of %s", (kind, want) => {
	expect(mapKindOf(kind)).toBe(want);
});

describe("a signal leads", () => {
	const to = (of: ReportedSignal, at = DESK) => {
		const map = mapOf("1", of, at);
		return map && formatRoute(map);
	};

	test("to the map of its kind with its element opened, at the width of the window", () => {
		expect(to(signal)).toBe(
			"/sites/1/heatmaps/map?page=/product/:slug&width=1440&kind=rage&element=id:buy",
		);
		expect(
			to(signal, { view: { ...SIGNAL_VIEW, days: "7", filter: "os:iOS" }, windowPx: 390 }),
		).toBe(
			"/sites/1/heatmaps/map?page=/product/:slug&width=390&kind=rage&filter=os:iOS&days=7&element=id:buy",
		);
	});

	test("to the map of the page where it is about the page, and to none where that is not known", () => {
		expect(to(ofPage)).toBe("/sites/1/heatmaps/map?page=/product/:slug&width=1440");
		expect(to({ ...ofPage, page: "" })).toBeUndefined();
	});

	test("to the sessions that met it, and into one of them before it happened", () => {
		expect(formatRoute(sessionsOf("1", signal, SIGNAL_VIEW))).toBe(
			"/sites/1/sessions?kind=rage&page=/product/:slug&key=id:buy&days=28",
		);
		expect(formatRoute(sessionsOf("1", ofPage, { days: "7", filter: "os:iOS" }))).toBe(
			"/sites/1/sessions?kind=quick_back&page=/product/:slug&filter=os:iOS&days=7",
		);
		const [replay] = signal.replays;
		expect(replay && formatRoute(replayOf("1", replay))).toBe("/sites/1/sessions/ab?t=12.5");
	});
});
