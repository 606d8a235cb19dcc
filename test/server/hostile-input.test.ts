// What anybody who knows a public site key can send: it may cost its sender the figures of its own
// session, but never another's, and never the process.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Heatmap, Manifest, Sessions } from "../../protocol/api.ts";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import type { Fact } from "../../protocol/fact.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "./sample-chunk.ts";
import { serverForSuite } from "./suite-server.ts";

const server = serverForSuite();

test("texts with half a character, zeros and control characters are counted like any other", async () => {
	const texts = [
		"half \ud800 pair",
		"\udc00\ud800",
		"zero \0",
		"\u0001\t\n\\'\"`\u2028\uffff",
		"\\N",
	];
	const sessions = texts.map(() => createSampleSession());
	await Promise.all(
		sessions.map((session, at) => {
			const text = texts[at] ?? "";
			const page = (createPageFact(session, `/hostile/${text}`) as unknown[]).with(4, text);
			const element = (createElementFact(session, [["id", text]]) as unknown[]).with(6, text);
			const facts = [page, element, createPressFact(session)] as Fact[];
			const envelope = { url: `http://shop.example/${text}`, language: text };
			return server().post(createSampleChunk(session, { facts, envelope }));
		}),
	);
	const list = await server().getUntil<Sessions>(
		`/sites/${server().siteId}/sessions`,
		(answer) => answer.sessions.length === texts.length,
	);
	expect(list.sessions.map(({ pageViews, presses }) => [pageViews, presses])).toEqual(
		texts.map(() => [1, 1]),
	);
	for (const text of texts) {
		const page = encodeURIComponent(`/hostile/${text}`.replace(/\p{Surrogate}/gu, "\ufffd"));
		const map = await server().get(`/sites/${server().siteId}/heatmap?page=${page}`);
		expect(((await map.json()) as Heatmap).presses).toBe(1);
	}
	expect(server().log).toEqual([]);
});

test("small uploads that inflate to very many facts are put off, not all held at once", async () => {
	const facts = gzipSync(`[${Array.from({ length: 10_000 }, () => "[4,1,1]").join(",")}]`);
	const bodies = Array.from({ length: 40 }, () =>
		encodeChunk({ ...decodeChunk(createSampleChunk(createSampleSession())), facts }),
	);
	const answers = await Promise.all(bodies.map((body) => server().post(body)));
	expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204, 503]));
	expect(answers.find(({ status }) => status === 503)?.headers.get("retry-after")).toBe("5");
	expect((await server().post(createSampleChunk(createSampleSession()))).status).toBe(204);
});

test("a session that inflates to more than there is memory plays as far as it fits", async () => {
	const session = createSampleSession();
	const { startedAt } = session;
	await server().post(createSampleChunk(session, { events: createSampleSnapshot(session) }));
	const bomb = `[{"type":5,"timestamp":${startedAt + 10},"data":{"a":[${"[],".repeat(4_000_000)}[]]}}]`;
	const events = gzipSync(bomb);
	for (let sequence = 1; sequence <= 12; sequence++) {
		const chunk = decodeChunk(createSampleChunk(session, { sequence }));
		const times = { from: startedAt + 10, to: startedAt + 10, snapshots: [] };
		const envelope = {
			...chunk.envelope,
			events: { encoding: "gzip", count: 1, ...times },
		} as const;
		await server().post(encodeChunk({ ...chunk, envelope, events }));
	}
	const path = `/sites/${server().siteId}/sessions/${session.session}`;
	await server().getUntil<Manifest>(path, ({ slices }) => slices.length === 13);
	const answer = await server().get(`${path}/events`);
	expect(answer.status).toBe(200);
	const text = await answer.text();
	expect(text).toContain('"tagName":"button"');
	expect(text.length).toBeLessThan(6 * bomb.length);
});

test("a page of 500 elements in one another plays, and what is deeper than any page is left out", async () => {
	const session = createSampleSession();
	const nest = (depth: number) => {
		const [meta, snapshot] = createSampleSnapshot(session);
		const open = '{"type":2,"id":9,"tagName":"i","attributes":{},"childNodes":[';
		return JSON.stringify([meta, snapshot]).replace(
			'"tagName":"body","attributes":{},"childNodes":[',
			`$&${open.repeat(depth)}${"]}".repeat(depth)},`,
		);
	};
	for (const [sequence, depth] of [500, 20_000].entries()) {
		const chunk = createSampleChunk(session, { sequence, events: createSampleSnapshot(session) });
		await server().post(encodeChunk({ ...decodeChunk(chunk), events: gzipSync(nest(depth)) }));
	}
	const path = `/sites/${server().siteId}/sessions/${session.session}`;
	await server().getUntil<Manifest>(path, ({ slices }) => slices.length === 2);
	const text = await (await server().get(`${path}/events`)).text();
	expect(text.split('"tagName":"i"')).toHaveLength(501);
	expect(server().log.at(-1)).toContain("the events are too deep");
});
