import { expect, test } from "vitest";
import type { Session } from "../../../protocol/api.ts";
import { mergeSessions } from "../../../viewer/sessions/session-feed.ts";

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
		friction: { score: 0, episodes: 0, class: "", page: "", sentence: "", provisional: false },
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
