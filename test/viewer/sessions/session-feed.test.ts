import { expect, test } from "vitest";
import type { Session } from "../../../protocol/api.ts";
import type { Api } from "../../../viewer/api.ts";
import { pinGoingOn } from "../../../viewer/sessions/pin-going-on.ts";
import {
	createSessionFeed,
	mergeRanked,
	mergeSessions,
} from "../../../viewer/sessions/session-feed.ts";
import { WHOLE_LIST } from "../../../viewer/sessions/session-list.ts";

function createSession(id: string, startedAt: number, presses = 0): Session {
	return {
		id,
		startedAt,
		presses,
		visitor: "",
		endedAt: startedAt,
		durationMs: 0,
		live: false,
		playable: true,
		automated: false,
		pageViews: 1,
		tabs: 1,
		entryPage: "/",
		exitPage: "/",
		referrer: "",
		browser: "",
		os: "",
		device: "unknown",
		language: "en",
		viewport: { width: 1, height: 1 },
		bytes: 0,
		events: 0,
		friction: {
			...{ score: 0, episodes: 0, class: "", page: "", sentence: "" },
			...{ replayAt: 0, provisional: false },
		},
	};
}

const list = (count: number, newest: number) =>
	Array.from({ length: count }, (_, index) => createSession(`s${newest - index}`, newest - index));

test("newer versions replace known rows and new ones come in front", () => {
	const known = [createSession("b", 2), createSession("a", 1)];
	const fresh = [createSession("c", 3), createSession("b", 2, 9)];
	const { sessions, joined } = mergeSessions(known, fresh);
	expect(sessions.map(({ id, presses }) => `${id}${presses}`)).toEqual(["c0", "b9", "a0"]);
	expect(joined).toBe(true);
});

test("older pages that were loaded stay", () => {
	const { sessions } = mergeSessions(list(120, 120), list(50, 121));
	expect(sessions).toHaveLength(121);
	expect(sessions[0]?.id).toBe("s121");
	expect(sessions.at(-1)?.id).toBe("s1");
});

test("a full page that touches nothing known replaces everything, for what lies between is not known", () => {
	const { sessions, joined } = mergeSessions(list(60, 60), list(50, 500));
	expect(joined).toBe(false);
	expect(sessions).toHaveLength(50);
});

test("the first answer is taken as it is, with its cursor", () => {
	expect(mergeSessions([], list(3, 3)).joined).toBe(false);
});

test("a ranked list keeps the order of its newest answer, and behind it what was loaded further down", () => {
	const known = [createSession("a", 1), createSession("b", 9), createSession("c", 5)];
	const fresh = [createSession("d", 2), createSession("b", 9, 3)];
	const { sessions, joined } = mergeRanked(known, fresh);
	expect(sessions.map(({ id, presses }) => `${id}${presses}`)).toEqual(["d0", "b3", "a0", "c0"]);
	expect(joined).toBe(true);
});

test("who is there now stands above a ranked list, the newest first, and a crowd does not hide the rest", () => {
	const NOW = 1_000_000;
	const going = (id: string, startedAt: number) => ({
		...{ ...createSession(id, startedAt), live: true, endedAt: NOW - 1000 },
	});
	const over = createSession("over", 1);
	const silent = { ...createSession("silent", 2), live: true, endedAt: NOW - 61_000 };
	const [pinned, others] = pinGoingOn([over, going("a", 5), silent, going("b", 8)], NOW);
	expect(pinned.map(({ id }) => id)).toEqual(["b", "a"]);
	expect(others.map(({ id }) => id)).toEqual(["over", "silent"]);
	const crowd = Array.from({ length: 8 }, (_, at) => going(`s${at}`, at));
	const [few, rest] = pinGoingOn(crowd, NOW);
	expect([few.length, rest.map(({ id }) => id)]).toEqual([5, ["s0", "s1", "s2"]]);
});

test.each(["", "7"])("the newest of %j days have no gap after a long sleep", async (days) => {
	const answers = [list(50, 100), list(50, 500)].map((sessions, at) => ({
		ok: true,
		value: { sessions, next: `cursor ${at}`, freshness: {} },
	}));
	const api = { listSessions: async () => answers.shift() } as unknown as Api;
	const asked = { ...WHOLE_LIST, sort: "newest", days } as const;
	const source = createSessionFeed(api, { site: "1", list: asked }, Date.now);
	await source.refresh();
	await source.refresh();
	const { sessions, next } = source.feed.value;
	expect([sessions?.length, sessions?.at(-1)?.id, next]).toEqual([50, "s451", "cursor 1"]);
});
