import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatRoute, parseRoute, type Route } from "../../viewer/routes.ts";
import { WHOLE_LIST } from "../../viewer/sessions/session-list.ts";

const named: [path: string, search: string, want: Route][] = [
	["/", "", { name: "home" }],
	["/sign-in", "", { name: "sign-in" }],
	["/sites/new", "", { name: "new-site" }],
	["/sites/1", "", { name: "sessions", site: "1" }],
	["/sites/1/sessions", "", { name: "sessions", site: "1" }],
	["/sites/1/sessions/", "", { name: "sessions", site: "1" }],
	[
		"/sites/1/sessions",
		"?sort=friction&kind=rage&page=/product/:slug",
		{
			...{ name: "sessions", site: "1" },
			list: { ...WHOLE_LIST, kind: "rage", page: "/product/:slug" },
		},
	],
	[
		"/sites/1/sessions",
		"?sort=newest&key=id:buy",
		{
			...{ name: "sessions", site: "1" },
			list: { ...WHOLE_LIST, sort: "newest", key: "id:buy" },
		},
	],
	[
		"/sites/1/sessions",
		"?filter=os:iOS&days=7",
		{ name: "sessions", site: "1", list: { ...WHOLE_LIST, filter: "os:iOS", days: "7" } },
	],
	["/sites/1/sessions", "?sort=friction", { name: "sessions", site: "1" }],
	["/sites/1/signals", "", { name: "signals", site: "1" }],
	[
		"/sites/1/signals",
		"?kind=dead&page=/cart&days=7",
		{
			...{ name: "signals", site: "1" },
			view: { kind: "dead", page: "/cart", key: "", filter: "", days: "7" },
		},
	],
	["/sites/1/signals/dead", "", { name: "unknown", path: "/sites/1/signals/dead" }],
	["/sites/1/sessions", "?sort=other", { name: "sessions", site: "1" }],
	["/sites/1/sessions/ab", "?t=95", { name: "session", site: "1", session: "ab", at: 95_000 }],
	["/sites/1/sessions/ab", "?t=1.25", { name: "session", site: "1", session: "ab", at: 1250 }],
	["/sites/1/sessions/ab", "?t=-3", { name: "session", site: "1", session: "ab", at: 0 }],
	["/sites/1/sessions/ab", "?t=soon", { name: "session", site: "1", session: "ab", at: 0 }],
	["/sites/1/heatmaps", "", { name: "heatmaps", site: "1" }],
	[
		"/sites/1/heatmaps/map",
		"?page=/product/:id&width=390&group=0-479",
		{ name: "heatmap", site: "1", page: "/product/:id", width: 390, group: "0-479" },
	],
	[
		"/sites/1/heatmaps/map",
		"?page=/&width=401",
		{ name: "heatmap", site: "1", page: "/", width: 1440, group: "" },
	],
	["/sites/1/setup", "", { name: "setup", site: "1" }],
	["/sites/1/heatmaps/map", "", { name: "unknown", path: "/sites/1/heatmaps/map" }],
	["/sites/1/heatmaps/other", "?page=/", { name: "unknown", path: "/sites/1/heatmaps/other" }],
	["/sites/1/setup/more", "", { name: "unknown", path: "/sites/1/setup/more" }],
	["/sites/1/sessions/a/b", "", { name: "unknown", path: "/sites/1/sessions/a/b" }],
	["/elsewhere", "", { name: "unknown", path: "/elsewhere" }],
	["/sites/%zz", "", { name: "unknown", path: "/sites/%zz" }],
];

describe("an address names one screen", () => {
	test.each(named)("%s%s", (path, search, want) => {
		expect(parseRoute(path, search)).toEqual(want);
	});
});

test("a screen's address leads back to it", () => {
	const text = fc.string({ minLength: 1, maxLength: 30 });
	const width = fc.constantFrom(390, 768, 1440);
	const at = fc.integer({ min: 0, max: 144_000 }).map((tenths) => tenths * 100);
	const site = text.filter((id) => id !== "new");
	const route: fc.Arbitrary<Route> = fc.oneof(
		fc.record({ name: fc.constant("sessions" as const), site: text }),
		fc.record({
			...{ name: fc.constant("sessions" as const), site: text },
			list: fc.record({
				sort: fc.constantFrom("friction" as const, "newest" as const),
				...{ kind: text, page: fc.string(), key: fc.string() },
				...{ filter: fc.string(), days: fc.string() },
			}),
		}),
		fc.record({
			...{ name: fc.constant("signals" as const), site: text },
			view: fc.record({
				...{ kind: fc.string(), page: text, key: fc.string(), filter: fc.string() },
				days: fc.string(),
			}),
		}),
		fc.record({ name: fc.constant("session" as const), site, session: text, at }),
		fc.record({ name: fc.constant("heatmap" as const), site, page: text, width, group: text }),
	);
	fc.assert(
		fc.property(route, (screen) => {
			const url = new URL(formatRoute(screen), "http://snag.test");
			// A URL resolves `.` and `..` away; no id is one.
			fc.pre(
				![
					screen.name === "session" ? screen.session : "",
					"site" in screen ? screen.site : "",
				].some((part) => /^\.{1,2}$/.test(part)),
			);
			expect(parseRoute(url.pathname, url.search)).toEqual(screen);
		}),
	);
});

test("a page pattern stays legible in the address", () => {
	const route: Route = {
		name: "heatmap",
		site: "1",
		page: "/product/:id",
		width: 768,
		group: "",
	};
	expect(formatRoute(route)).toBe("/sites/1/heatmaps/map?page=/product/:id&width=768");
});
