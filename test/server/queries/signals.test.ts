// What went against visitors over sessions, with the real engine: the same while they go on, when some are over and when
// all are, and whatever is asked of it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEpisodes } from "../../../server/queries/episodes.ts";
import { rankSessions } from "../../../server/queries/friction.ts";
import type { FrictionQuery } from "../../../server/queries/friction-query.ts";
import { createPending } from "../../../server/queries/heat-pending.ts";
import { querySessionsOf } from "../../../server/queries/sessions.ts";
import { querySignals, type SignalsQuery } from "../../../server/queries/signals.ts";
import { wilson } from "../../../signals/statistics/interval.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../sample-chunk.ts";
import { createNoAnswerFact, type SampleIndex, SITE, startSampleIndex } from "../sample-index.ts";

let sample: SampleIndex;
/** The oldest first: two dead presses, none, one, one on another page by a Swiss who cannot be watched. */
const twice = createSampleSession(Date.now() - 4 * 60 * 60 * 1000);
const calm = createSampleSession(Date.now() - 3 * 60 * 60 * 1000);
const once = createSampleSession(Date.now() - 2 * 60 * 60 * 1000);
const elsewhere = createSampleSession(Date.now() - 60 * 60 * 1000);
const sessions = [twice, calm, once, elsewhere];
const nameOf = (id: string | undefined) =>
	["twice", "calm", "once", "elsewhere"][sessions.findIndex(({ session }) => session === id)] ?? id;

beforeAll(async () => {
	sample = await startSampleIndex();
	await visit(twice, { presses: [500, 20_000] });
	await visit(calm, { presses: [500], isAnswered: true });
	await visit(once, { presses: [500] });
	const swiss = { language: "de-CH" };
	await visit(elsewhere, { presses: [9000], path: "/cart", envelope: swiss, isBlind: true });
});
afterAll(() => sample.close());

async function visit(
	session: SampleSession,
	of: {
		presses: number[];
		path?: string;
		isAnswered?: boolean;
		isBlind?: boolean;
		envelope?: object;
	},
): Promise<void> {
	const facts = of.presses.flatMap((after) => [
		createPressFact(session, { after }),
		...(of.isAnswered ? [] : [createNoAnswerFact(session, after)]),
	]);
	await sample.upload(
		session,
		[createPageFact(session, of.path), createElementFact(session), ...facts],
		{
			...{ events: of.isBlind ? [] : createSampleSnapshot(session) },
			...(of.envelope && { envelope: of.envelope }),
		},
	);
}

const pendingOf = () =>
	createPending({ index: sample.index, isErased: () => false, now: Date.now });
const nothingMerged = { sets: new Map(), shownAs: new Map(), rejected: new Map() };

async function read(more: Partial<SignalsQuery> = {}, arrangement = nothingMerged) {
	const parts = {
		...{ index: sample.index, baselineShelf: sample.baselineShelf, pending: pendingOf() },
		pageSets: { arrangementOf: async () => arrangement },
	};
	const { report, waitingChunks } = await querySignals(parts, {
		...{ site: SITE, from: 0, to: TO, kind: "", page: "", key: "", filter: "" },
		...{ limit: 50, skip: 0, ...more },
	});
	expect(waitingChunks).toBe(0);
	return report;
}
const TO = Date.now() + 60_000;

async function rank(more: Partial<FrictionQuery> = {}) {
	const { index } = sample;
	const episodes = createEpisodes(sample);
	const {
		sessions: ids,
		next,
		fits,
	} = await rankSessions(
		{
			...{ index, episodes, pending: pendingOf(), now: Date.now },
			pageSets: { membersOf: async (_, page) => [page] },
		},
		{
			...{ site: SITE, sort: "friction", kind: "", page: "", key: "", limit: 50, cursor: "" },
			...{ filter: {}, ...more },
		},
	);
	const clock = { now: Date.now(), idleMs: 1000 };
	const told = await querySessionsOf({ index, episodes }, { site: SITE, ids, fits }, clock);
	return { names: told.map(({ id }) => nameOf(id)), next, told };
}

describe.each(["all sessions going on", "one of them over", "all of them over"])(
	"with %s",
	(stage) => {
		beforeAll(async () => {
			if (stage === "one of them over") {
				await sample.finish(twice);
				expect(await sample.fill()).toBe(1);
			}
			if (stage === "all of them over") {
				for (const session of sessions) await sample.finish(session);
				expect(await sample.fill()).toBe(3);
			}
		});

		test("episodes are counted by kind, page and element, with a rate, why, and where to watch them", async () => {
			const report = await read();
			expect(report).toMatchObject({
				...{ episodes: 4, sessions: 3, next: "" },
				kinds: [{ kind: "dead", episodes: 4 }],
				pages: [
					{ page: "/products", episodes: 3 },
					{ page: "/cart", episodes: 1 },
				],
				elements: [{ key: "id:buy", text: "Buy", role: "button", tag: "button", episodes: 4 }],
			});
			const { share, lower, upper } = wilson(3, 4);
			const digits = (value: number) => Math.round(value * 1e5) / 1e5;
			const rate = { share: digits(share), lower: digits(lower), upper: digits(upper) };
			const [first, second] = report.signals;
			expect(first).toMatchObject({
				...{ kind: "dead", page: "/products", episodes: 3, sessions: 2 },
				element: { key: "id:buy", text: "Buy", candidates: [["id", "buy"]] },
				sentence: "A press on “Buy”, and nothing came of it in 7.0 s",
				rate: { part: 3, whole: 4, of: "presses", ...rate },
				latest: once.startedAt + 500,
			});
			expect(first?.severity).toBeGreaterThan(second?.severity ?? 1);
			expect(first?.replays.map(({ session, at }) => [nameOf(session), at])).toEqual([
				["once", 500],
				["twice", 20_000],
			]);
			expect(first?.replays[1]?.replayAt).toBe(15_000);
			expect(second, "nothing of it was pictured").toMatchObject({ page: "/cart", replays: [] });
		});

		test("a page, a kind, an element, a period and a filter leave out what does not fit", async () => {
			const pages = async (more: Partial<SignalsQuery>) =>
				(await read(more)).signals.map(({ page, episodes }) => `${page} ${episodes}`);
			expect(await pages({ page: "/cart" })).toEqual(["/cart 1"]);
			expect(await pages({ kind: "rage" })).toEqual([]);
			expect(await pages({ key: "id:other" })).toEqual([]);
			expect(await pages({ key: "id:buy", kind: "dead" })).toEqual(["/products 3", "/cart 1"]);
			expect(await pages({ from: calm.startedAt })).toEqual(["/cart 1", "/products 1"]);
			expect(await pages({ to: once.startedAt })).toEqual(["/products 2"]);
			expect(await pages({ filter: "language:de" })).toEqual(["/cart 1"]);
			expect(await pages({ filter: "orientation:portrait" })).toEqual([]);
			expect(await read({ kind: "rage" }), "what could be asked for instead").toMatchObject({
				...{ episodes: 0, sessions: 0, kinds: [{ kind: "dead", episodes: 4 }], pages: [] },
			});
		});

		test("pages that are shown as one are counted as one", async () => {
			const stored = (page: string) => ({ page, views: 1, told: false, path: page });
			const set = {
				...{ page: "/shop", by: "rule" as const },
				members: [stored("/products"), stored("/cart")],
			};
			const shownAs = new Map(set.members.map(({ page }) => [page, set]));
			const merged = { ...nothingMerged, sets: new Map([["/shop", set]]), shownAs };
			expect((await read({ page: "/shop" }, merged)).signals).toMatchObject([
				{ page: "/shop", episodes: 4, sessions: 3, rate: { part: 4, whole: 5 } },
			]);
		});

		test("a long report comes in pieces", async () => {
			const first = await read({ limit: 1 });
			expect([first.signals.length, first.next]).toEqual([1, "1"]);
			const second = await read({ limit: 1, skip: 1 });
			expect([second.signals[0]?.page, second.next]).toEqual(["/cart", ""]);
		});

		test("sessions stand by their friction, equal ones by their age, those without any last", async () => {
			const { names, told } = await rank();
			expect(names).toEqual(["twice", "elsewhere", "once", "calm"]);
			expect(told[0]?.friction).toMatchObject({ class: "dead", page: "/products", replayAt: 0 });
		});

		test("those that met something on a page come by friction or by age, with what they met there", async () => {
			expect((await rank({ page: "/products" })).names).toEqual(["twice", "once"]);
			const newest = await rank({ page: "/products", sort: "newest" });
			expect(newest.names).toEqual(["once", "twice"]);
			const cart = await rank({ key: "id:buy", page: "/cart" });
			expect(cart.names).toEqual(["elsewhere"]);
			expect(cart.told[0]?.friction).toMatchObject({ page: "/cart", replayAt: 3998 });
			expect((await rank({ kind: "rage" })).names).toEqual([]);
		});

		test("those of a period or of a filter come by friction or by age, whatever they met", async () => {
			const names = async (more: Partial<FrictionQuery>) => (await rank(more)).names;
			expect(await names({ from: calm.startedAt })).toEqual(["elsewhere", "once", "calm"]);
			expect(await names({ to: once.startedAt, sort: "newest" })).toEqual(["calm", "twice"]);
			expect(await names({ from: calm.startedAt, to: once.startedAt })).toEqual(["calm"]);
			const swiss = { language: ["de"] };
			expect(await names({ filter: swiss })).toEqual(["elsewhere"]);
			expect(await names({ filter: swiss, sort: "newest" })).toEqual(["elsewhere"]);
			expect(await names({ filter: swiss, page: "/products" })).toEqual([]);
			expect(await names({ filter: { path: ["/products"] } })).toEqual(["twice", "once", "calm"]);
			expect(await names({ filter: { path: ["/nowhere"] } })).toEqual([]);
		});
	},
);

test.each([
	[{}, ["twice", "elsewhere", "once", "calm"]],
	[{ from: calm.startedAt }, ["elsewhere", "once", "calm"]],
	[{ to: elsewhere.startedAt, sort: "newest" }, ["once", "calm", "twice"]],
] as const)(
	"a list of %j that is read page by page has each session once, in its place",
	async (more, want) => {
		const names: (string | undefined)[] = [];
		let cursor = "";
		do {
			const page = await rank({ ...more, limit: 1, cursor });
			names.push(...page.names);
			cursor = page.next;
		} while (cursor !== "" && names.length < 9);
		expect(names).toEqual(want);
	},
);
