// Sessions of a filter with several pages each, with the real engine: the same while they go on and when they are over.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FACT_VISIBLE, type Fact } from "../../../protocol/fact.ts";
import { createEpisodes } from "../../../server/queries/episodes.ts";
import { rankSessions } from "../../../server/queries/friction.ts";
import type { FrictionQuery } from "../../../server/queries/friction-query.ts";
import { createPending } from "../../../server/queries/heat-pending.ts";
import { querySessionsOf } from "../../../server/queries/sessions.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleSession,
	type SampleSession,
} from "../sample-chunk.ts";
import { createNoAnswerFact, type SampleIndex, SITE, startSampleIndex } from "../sample-index.ts";

const HOUR_MS = 60 * 60 * 1000;
const MANY = 120;

let sample: SampleIndex;
/** Two dead presses on `/b` and a look at `/a`; one dead press on `/a`; a look at `/a`. */
const both = createSampleSession(Date.now() - 5 * HOUR_MS);
const dead = createSampleSession(Date.now() - 4 * HOUR_MS);
const calm = createSampleSession(Date.now() - 3 * HOUR_MS);
/** Out of sight for half a minute before its page was told; a dead press on `/c`. */
const late = createSampleSession(Date.now() - 2 * HOUR_MS);
const sessions = { both, dead, calm, late };
const nameOf = (id: string) =>
	Object.entries(sessions).find(([, { session }]) => session === id)?.[0] ?? id;

beforeAll(async () => {
	sample = await startSampleIndex();
	const press = (of: SampleSession, after: number) => [
		createPressFact(of, { after }),
		createNoAnswerFact(of, after),
	];
	const visit = (of: SampleSession, path: string, facts: Fact[]) =>
		sample.upload(of, [createPageFact(of, path), createElementFact(of), ...facts]);
	const [kind, at, , ...rest] = createPageFact(both, "/a");
	const later = [kind, Number(at) + 30_000, 1, ...rest] as Fact;
	await visit(both, "/b", [...press(both, 500), ...press(both, 9000), later]);
	await visit(dead, "/a", press(dead, 500));
	await visit(calm, "/a", []);
	const hidden: Fact = [FACT_VISIBLE, late.startedAt - 30_000, 0];
	await visit(late, "/c", [hidden, ...press(late, 500)]);
});
afterAll(() => sample.close());

async function rank(more: Partial<FrictionQuery>) {
	const { index } = sample;
	const episodes = createEpisodes(sample);
	const pending = createPending({ index, isErased: () => false, now: Date.now });
	const ranked = await rankSessions(
		{
			...{ index, episodes, pending, now: Date.now },
			pageSets: { membersOf: async (_, page) => [page] },
		},
		{
			...{ site: SITE, sort: "friction", kind: "", page: "", key: "", limit: 50, cursor: "" },
			...{ filter: {}, ...more },
		},
	);
	const clock = { now: Date.now(), idleMs: 1000 };
	const of = { site: SITE, ids: ranked.sessions, fits: ranked.fits };
	return { ...ranked, told: await querySessionsOf({ index, episodes }, of, clock) };
}

describe.each(["going on", "over"])("sessions that are %s", (stage) => {
	beforeAll(async () => {
		if (stage === "going on") return;
		for (const session of Object.values(sessions)) await sample.finish(session);
		await sample.fill();
	});

	test("are ranked and told of by what went wrong in page views that fit", async () => {
		const list = async (more: Partial<FrictionQuery>) =>
			(await rank(more)).told.map(
				({ id, friction }) => `${nameOf(id)} ${friction.episodes} ${friction.page}`,
			);
		const filter = { path: ["/a"] };
		expect(await list({ filter })).toEqual(["dead 1 /a", "calm 0 ", "both 0 "]);
		expect(await list({ filter: { path: ["/b"] } })).toEqual(["both 2 /b"]);
		expect(await list({ filter: { path: ["/a", "/b"] } })).toEqual([
			...["both 2 /b", "dead 1 /a", "calm 0 "],
		]);
		expect(await list({ filter, kind: "dead" })).toEqual(["dead 1 /a"]);
		expect(await list({ filter, kind: "dead", page: "/b" })).toEqual([]);
	});

	test("began with their first page view, whatever is asked of them", async () => {
		const from = late.startedAt - 10_000;
		for (const more of [{}, { sort: "newest" }, { kind: "dead" }] as const) {
			expect((await rank({ ...more, from })).sessions.map(nameOf)).toEqual(["late"]);
			expect((await rank({ ...more, from, to: from + 1 })).sessions).toEqual([]);
		}
	});
});

test("none of many that go on is missing, whatever they are ordered by", async () => {
	const many = Array.from({ length: MANY }, (_, at) =>
		createSampleSession(Date.now() - HOUR_MS - at * 10_000),
	);
	await sample.uploadAll(
		many.map((session) => ({ session, facts: [createPageFact(session, "/many")] })),
	);
	const all = Object.values(sessions).map(({ session }) => session);
	const since = Date.now() - 24 * HOUR_MS;
	for (const [more, count] of [
		[{ from: since }, MANY + all.length],
		[{ from: since, sort: "newest" }, MANY + all.length],
		[{ filter: { path: ["/many"] }, sort: "newest" }, MANY],
	] as const) {
		const found: string[] = [];
		let cursor = "";
		do {
			const page = await rank({ ...more, cursor });
			found.push(...page.sessions);
			cursor = page.next;
		} while (cursor !== "" && found.length < 2 * MANY);
		expect([found.length, new Set(found).size]).toEqual([count, count]);
	}
});
