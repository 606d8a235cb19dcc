// Erasing: in force at once, gone from everything soon after, and gone for good.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crc32 } from "../../../protocol/crc32.ts";
import { decodePack, encodePack } from "../../../protocol/pack.ts";
import { createDiskStore } from "../../../server/store/disk-store.ts";
import { packKey } from "../../../server/store/layout.ts";
import type { Store } from "../../../server/store/store.ts";
import { createPageFact, createSampleChunk, createSampleSession } from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";
import { CANARY, erase, findCanary, listSessions, visit, waitForSessions } from "./delete-proof.ts";

let server: TestServer;
let store: Store;
beforeAll(async () => {
	server = await startTestServer();
	store = createDiskStore(join(server.dataFolder, "objects"));
});
afterAll(() => server.close());

const statusOf = async (path: string) =>
	(await server.get(`/sites/${server.siteId}/sessions/${path}`)).status;

async function reindex(body: object): Promise<string[]> {
	const answer = await fetch(`${server.url}/api/v1/admin/reindex`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${server.server.token}`,
			"content-type": "application/json",
		},
		body: JSON.stringify(body),
	});
	const lines = (await answer.text()).trim().split("\n");
	return lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
}

/** A pack of two visitors under one key, as a busy server writes it. */
async function storeSharedPack(sessions: readonly ReturnType<typeof createSampleSession>[]) {
	const now = Date.now();
	const entries = sessions.map((session, position) => {
		const path = position === 0 ? `/${CANARY}` : "/shared";
		const chunk = createSampleChunk(session, { facts: [createPageFact(session, path)] });
		const times = { receivedAt: now, sentAt: now };
		const head = {
			...{ site: Number(server.siteId), attempt: 0, userAgent: "", crc: crc32(chunk) },
			...times,
		};
		return { head, chunk };
	});
	const id = `${now.toString(16).padStart(12, "0")}`;
	const key = packKey(`${id.slice(0, 8)}-${id.slice(8)}-7000-8000-0000000000aa`, "test", now);
	const path = join(server.dataFolder, "objects", key);
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, encodePack(entries).bytes);
	return key;
}

describe("a visitor with a canary in everything it sent", () => {
	const startedAt = Date.now();
	const erased = createSampleSession(startedAt);
	const again = { ...createSampleSession(startedAt), visitor: erased.visitor };
	const other = createSampleSession(startedAt);

	test("is in no answer, object, row, part or file once it is erased; others are untouched", async () => {
		await visit(server, erased, CANARY);
		await visit(server, other, "ordinary");
		const shared = await storeSharedPack([again, { ...other, stream: "c".repeat(32) }]);
		expect((await reindex({})).at(-1)).toBe("done");
		await waitForSessions(server, [erased, again, other]);
		expect((await findCanary(server, store)).length).toBeGreaterThan(3);
		expect(await statusOf(erased.session)).toBe(200);
		const before = await (
			await server.get(`/sites/${server.siteId}/sessions/${other.session}`)
		).json();

		const receipt = await erase(server, { visitor: erased.visitor });
		expect([await statusOf(erased.session), await statusOf(`${erased.session}/events`)]).toEqual([
			404, 404,
		]);
		expect(new Set(receipt.sessions)).toEqual(new Set([erased.session, again.session]));
		expect(receipt.counts).toMatchObject({ chunks: 3, "rows of chunks": 3 });
		expect(receipt.keys).toContain(shared);
		expect(await listSessions(server)).toEqual([other.session]);
		expect(await findCanary(server, store)).toEqual([]);

		const after = await (
			await server.get(`/sites/${server.siteId}/sessions/${other.session}`)
		).json();
		expect({ ...after, slices: [] }).toEqual({ ...before, slices: [] });
		expect(await statusOf(`${other.session}/events`)).toBe(200);
	});

	test("has left a rewritten pack in the same hour, which holds the others' chunks as they came", async () => {
		const kept: string[] = [];
		for await (const { key } of store.list("p/")) {
			const { entries, torn } = decodePack(await store.get(key));
			expect(torn).toBe(false);
			if (key.includes("-test.pk")) kept.push(key, ...entries.map(({ head }) => String(head.site)));
		}
		expect(kept).toEqual([expect.stringMatching(/^p\/\d{8}\/\d\d\//), server.siteId]);
	});

	test("sends late chunks into nothing, and is answered as if they were kept", async () => {
		const count = async () => {
			const keys: string[] = [];
			for await (const { key } of store.list("p/")) keys.push(key);
			return keys.length;
		};
		const before = await count();
		await visit(server, { ...erased, stream: "d".repeat(32) }, CANARY);
		expect(await count()).toBe(before);
	});

	test("does not come back by a reindex from nothing", async () => {
		expect((await reindex({ fresh: true })).at(-1)).toBe("done");
		await waitForSessions(server, [other]);
		expect(await listSessions(server)).toEqual([other.session]);
		expect(await findCanary(server, store)).toEqual([]);
	});

	test("is a new visitor when it comes again later", async () => {
		const later = { ...createSampleSession(Date.now() + 5), visitor: erased.visitor };
		await visit(server, later, "later");
		await waitForSessions(server, [later, other]);
		expect(await statusOf(later.session)).toBe(200);
	});
});

test("one session is erased alone", async () => {
	const first = createSampleSession();
	const second = { ...createSampleSession(), visitor: first.visitor };
	await visit(server, first, "first");
	await visit(server, second, "second");
	await waitForSessions(server, [first, second]);
	const receipt = await erase(server, { session: first.session });
	expect(receipt).toMatchObject({ kind: "session", sessions: [first.session] });
	expect([await statusOf(first.session), await statusOf(second.session)]).toEqual([404, 200]);
});

test("what is no visitor and no session is refused, and so is a command without the token", async () => {
	const post = (path: string, body: object, token = server.server.token) =>
		fetch(`${server.url}/api/v1${path}`, {
			method: "POST",
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			body: JSON.stringify(body),
		});
	const visitor = "a".repeat(32);
	const session = createSampleSession().session;
	const path = `/sites/${server.siteId}/erasures`;
	for (const body of [{}, { visitor: "x" }, { visitor, session }, { session: visitor }]) {
		expect((await post(path, body)).status).toBe(400);
	}
	expect((await post("/sites/999/erasures", { visitor })).status).toBe(404);
	expect((await post("/admin/sweep", {}, "wrong")).status).toBe(401);
});
