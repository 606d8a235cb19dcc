// Which recorded page a map is drawn on.
import { expect, test } from "vitest";
import type { Backdrop, Heatmap, Pages } from "../../protocol/api.ts";
import type { Fact } from "../../protocol/fact.ts";
import { rankCandidates } from "../../server/queries/backdrop-candidates.ts";
import {
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "./sample-chunk.ts";
import { serverForSuite } from "./suite-server.ts";

const server = serverForSuite();
const MINUTE = 60_000;

interface Visit {
	path: string;
	/** Ids of elements that were seen, and of those that were pressed. */
	seen?: string[];
	pressed?: string[];
	state?: string;
	width?: number;
	minutesAgo?: number;
	hasPicture?: boolean;
}

/** A page view with the facts of a recorder; presses a second apart. */
async function visit(how: Visit): Promise<SampleSession> {
	const { path, seen = [], pressed = [], state = "", width = 1280, minutesAgo = 0 } = how;
	const session = createSampleSession(Date.now() - minutesAgo * MINUTE - 10_000);
	const at = session.startedAt;
	const url = `http://shop.example${path}`;
	const ids = [...new Set([...seen, ...pressed])];
	const facts: Fact[] = [
		[1, at + 2, 0, url, "", "load", width, 2000, width, 800],
		...ids.map((id, number): Fact => [3, at + 3, number, [["id", id]], "button", "button", id, 0]),
		[11, at + 600, 0, seen.map((id) => ids.indexOf(id))],
		...pressed.map((id, number): Fact => {
			const place = [1, 1, 10, 10, "flow", "mouse", width, 800, 1, 1, 0] as const;
			return [2, at + 1000 * (number + 3), 0, ids.indexOf(id), ...place, state];
		}),
	];
	const hasPicture = how.hasPicture ?? true;
	const events = hasPicture ? createSampleSnapshot(session, 0, width) : [];
	const envelope = { url, viewport: [width, 800] as [number, number] };
	const answer = await server().post(createSampleChunk(session, { facts, events, envelope }), {
		query: `?t=${Date.now()}`,
	});
	expect(answer.status).toBe(204);
	return session;
}

async function read(query: string): Promise<Backdrop> {
	const answer = await server().get(`/sites/${server().siteId}/heatmap/backdrop?${query}`);
	expect(answer.status).toBe(200);
	return (await answer.json()) as Backdrop;
}

/** When so many page views of a page are counted, with what was pressed in them, and so many can be looked at. */
async function counted(
	page: string,
	{ views, presses, pictures }: { views: number; presses: number; pictures: number },
): Promise<void> {
	await server().getUntil<Pages>(`/sites/${server().siteId}/pages`, ({ pages }) =>
		pages.some((each) => each.page === page && each.views === views && each.presses === presses),
	);
	// Where recordings are stored is indexed behind what was done in them.
	const path = `/sites/${server().siteId}/heatmap/backdrop?page=${page}&width=1280`;
	if (pictures === 0) return;
	await server().getUntil<Partial<Backdrop>>(path, ({ choices }) => choices?.length === pictures);
}

test("is the one that shows most of what is pressed, and the newest of those that show nearly as much", async () => {
	const path = "/shown";
	await visit({ path, pressed: ["buy", "buy", "size"], hasPicture: false });
	const older = await visit({ path, seen: ["buy", "size"], minutesAgo: 30 });
	const newer = await visit({ path, seen: ["buy", "size"], minutesAgo: 20 });
	const less = await visit({ path, seen: ["size"], minutesAgo: 10 });
	await counted(path, { views: 4, presses: 3, pictures: 3 });
	const backdrop = await read(`page=${path}&width=1280`);
	expect(backdrop).toMatchObject({ session: newer.session, score: 3, state: "" });
	expect(backdrop.choices.map(({ session, score, width }) => [session, score, width])).toEqual([
		[newer.session, 3, 1280],
		[older.session, 3, 1280],
		[less.session, 1, 1280],
	]);
	const pinned = await read(`page=${path}&width=1280&session=${less.session}`);
	expect(pinned).toMatchObject({ session: less.session, score: 1 });
	expect(pinned.choices.map(({ session }) => session)).toEqual(
		backdrop.choices.map(({ session }) => session),
	);
	for (const { choices, session, at } of [backdrop, pinned]) {
		expect(choices.find((choice) => choice.session === session)?.at).toBe(at);
	}

	const [atNewer = 0, atLess = 0] = [backdrop.choices[0]?.at, backdrop.choices[2]?.at];
	expect(atNewer).toBeLessThan(atLess);
	for (const [before, session] of [
		[atLess + MINUTE, less.session],
		[atLess - MINUTE, newer.session],
		[atNewer - MINUTE, older.session],
	] as const) {
		expect((await read(`page=${path}&width=1280&before=${before}`)).session).toBe(session);
	}
});

test("is of the viewport group that is asked for, else of the nearest there is", async () => {
	const path = "/widths";
	await visit({ path, pressed: ["buy"], hasPicture: false });
	const phone = await visit({ path, width: 412, minutesAgo: 9 });
	const desk = await visit({ path, seen: ["buy"], width: 1500, minutesAgo: 8 });
	const wide = await visit({ path, width: 1900, minutesAgo: 7 });
	await counted(path, { views: 4, presses: 1, pictures: 3 });
	for (const [query, session] of [
		["width=390", phone.session],
		["width=1440", desk.session],
		["width=1900", desk.session],
		["width=1200", desk.session],
		["width=700", phone.session],
		["width=1440&group=0-479", phone.session],
	] as const) {
		expect([query, (await read(`page=${path}&${query}`)).session]).toEqual([query, session]);
	}
	expect((await read(`page=${path}&width=1440`)).choices.map(({ session }) => session)).toEqual([
		desk.session,
		wide.session,
		phone.session,
	]);
});

test("stands at an instant at which the state was open that is asked for", async () => {
	const path = "/states";
	const open = await visit({ path, pressed: ["menu", "item"], state: "m1", minutesAgo: 5 });
	const base = await visit({ path, pressed: ["menu"], minutesAgo: 4 });
	await counted(path, { views: 2, presses: 3, pictures: 2 });
	const menu = await read(`page=${path}&width=1280&state=m1`);
	expect(menu).toMatchObject({ session: open.session, state: "m1" });
	// The newest press there, before what came of it.
	expect(menu.at - (menu.events[0]?.timestamp ?? 0)).toBe(4000);
	expect(await read(`page=${path}&width=1280&state=base`)).toMatchObject({
		...{ session: base.session, state: "base" },
	});
	const unknown = await read(`page=${path}&width=1280&state=m2`);
	expect(unknown.state).toBe("");
});

test("of pages that are shown as one is any of theirs, also by a link to one of them", async () => {
	await visit({ path: "/thing/jug", pressed: ["buy"], hasPicture: false });
	const mug = await visit({ path: "/thing/mug", seen: ["buy"], minutesAgo: 3 });
	const bowl = await visit({ path: "/thing/bowl", minutesAgo: 2 });
	await counted("/thing/mug", { views: 1, presses: 0, pictures: 1 });
	await counted("/thing/jug", { views: 1, presses: 1, pictures: 0 });
	await counted("/thing/bowl", { views: 1, presses: 0, pictures: 1 });
	const { url, siteId, server: running } = server();
	await fetch(`${url}/api/v1/sites/${siteId}/page-rules`, {
		method: "PATCH",
		headers: { authorization: `Bearer ${running.token}`, "content-type": "application/json" },
		body: JSON.stringify({ version: 0, rules: ["/thing/:name"], rejected: [] }),
	});
	const merged = await read("page=/thing/:name&width=1280");
	expect(merged).toMatchObject({ page: "/thing/:name", session: mug.session, score: 1 });
	expect((await read("page=/thing/bowl&width=1280")).session).toBe(bowl.session);
	const answer = await server().get(`/sites/${siteId}/heatmap?page=/thing/:name`);
	expect((await answer.json()) as Heatmap).toMatchObject({ presses: 1, views: 3 });
});

test.each([
	["group=wide", "group must be"],
	["session=x", "session must be"],
	["before=-1", "before"],
])("%s is refused in words", async (query, words) => {
	const path = `/sites/${server().siteId}/heatmap/backdrop?page=/x&width=1280&${query}`;
	const answer = await server().get(path);
	expect(answer.status).toBe(400);
	expect(await answer.text()).toContain(words);
});

test("candidates of the nearest group come first, whatever others show", () => {
	const one = (name: string, width: number, score: number, at: number, isSwitched = false) => ({
		...{ name, width, score, at, isSwitched },
	});
	const found = [
		one("a", 400, 10, 1),
		one("b", 410, 100, 2),
		one("c", 420, 97, 3),
		one("d", 900, 500, 9),
		one("e", 400, 900, 9, true),
	];
	const rank = (isNewestFirst: boolean) =>
		rankCandidates(found, { groupOf: (width) => Math.floor(width / 500), isNewestFirst })
			.map(({ name }) => name)
			.join("");
	expect(rank(false)).toBe("cbade");
	expect(rank(true)).toBe("cbade");
	expect(
		rankCandidates([one("old", 400, 9, 1), one("new", 400, 0, 2)], {
			groupOf: () => 0,
			isNewestFirst: true,
		}).map(({ name }) => name),
	).toEqual(["new", "old"]);
});
