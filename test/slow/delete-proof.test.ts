// Deletion, proven on disk and on S3: a visitor with a canary in everything it sent has a finished session
// with a late chunk, a live one, and chunks that were put aside; it is erased while uploads go on, and the
// canary is looked for in every object, file and row, opened as far as they go.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeChunk } from "../../protocol/chunk.ts";
import { parseConfig } from "../../server/config.ts";
import { createStore } from "../../server/store/create-store.ts";
import type { Store } from "../../server/store/store.ts";
import { findText, readIndexTexts } from "../journeys/search-stored.ts";
import {
	CANARY,
	erase,
	findCanary,
	listSessions,
	visit,
	waitForSessions,
} from "../server/lifecycle/delete-proof.ts";
import { s3Environment } from "../server/s3-storage.ts";
import {
	createSampleChunk,
	createSampleSession,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { startTestServer, type TestServer } from "../server/start-server.ts";
import { describeWithS3 } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

async function listKeys(store: Store, prefix: string): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key } of store.list(prefix)) keys.push(key);
	return keys;
}

/** Its facts are well, its events are not: what cannot be read is put aside when it is finished. */
function createPoison(session: SampleSession): Uint8Array {
	const events = Buffer.from(`[{"type":3,"timestamp":${session.startedAt},"data":"${CANARY}`);
	const envelope = {
		...{ url: `http://shop.example/${CANARY}`, view: 0 },
		events: {
			...{ encoding: "gzip" as const, count: 1, snapshots: [] },
			...{ from: session.startedAt, to: session.startedAt },
		},
	};
	// The envelope of a sample around events of its own.
	const sample = createSampleChunk(session, { sequence: 2, envelope });
	const length = Buffer.from(sample).readUInt32LE(4);
	const parsed = JSON.parse(Buffer.from(sample.subarray(8, 8 + length)).toString());
	return encodeChunk({
		envelope: parsed,
		facts: gzipSync("[]"),
		events: gzipSync(events),
	});
}

function prove(open: () => Promise<{ server: TestServer; store: Store }>): void {
	let server: TestServer;
	let store: Store;
	beforeAll(async () => {
		({ server, store } = await open());
	});
	afterAll(async () => {
		await server?.close();
		store?.close();
	});

	test("nothing of an erased visitor is left anywhere, nor comes back", async () => {
		const over = createSampleSession(Date.now() - 30_000);
		const live = { ...createSampleSession(), visitor: over.visitor };
		const other = createSampleSession(Date.now() - 30_000);
		// At once: what came after the session is over would be looked at an hour later.
		const [poisoned] = await Promise.all([
			server.post(createPoison(over)),
			visit(server, over, CANARY),
			visit(server, other, "ordinary"),
		]);
		expect(poisoned.status).toBe(204);
		await waitFor(
			async () =>
				(await listKeys(store, "r/")).length >= 2 && (await listKeys(store, "q/")).length > 0,
			{ what: "two recordings and what was put aside", timeoutMs: 120_000 },
		);
		const late = createSampleChunk(over, { sequence: 9, envelope: { url: `http://x/${CANARY}` } });
		expect((await server.post(late)).status).toBe(204);
		await visit(server, live, CANARY);
		await waitForSessions(server, [over, live, other]);
		expect((await findCanary(server, store)).length).toBeGreaterThan(5);

		let isErased = false;
		const uploads = (async () => {
			for (let sequence = 10; !isErased; sequence++) {
				const url = `http://shop.example/${CANARY}/${sequence}`;
				await server.post(createSampleChunk(live, { sequence, envelope: { url } }));
				await visit(server, createSampleSession(), `crowd${sequence}`);
			}
		})();
		const receipt = await erase(server, { visitor: over.visitor });
		isErased = true;
		await uploads;
		expect(new Set(receipt.sessions)).toEqual(new Set([over.session, live.session]));
		expect(receipt.counts).toMatchObject({ recordings: expect.any(Number), quarantined: 2 });
		const path = (session: string) => `/sites/${server.siteId}/sessions/${session}`;
		for (const { session } of [over, live])
			expect((await server.get(path(session))).status).toBe(404);
		// What was on its way is looked for a minute later.
		await waitFor(async () => (await findCanary(server, store)).length === 0, {
			what: "every trace to be gone",
			timeoutMs: 120_000,
		});

		const reindexed = await fetch(`${server.url}/api/v1/admin/reindex`, {
			method: "POST",
			headers: {
				authorization: `Bearer ${server.server.token}`,
				"content-type": "application/json",
			},
			body: JSON.stringify({ fresh: true }),
		});
		expect(await reindexed.text()).toContain('"kind":"done"');
		expect(await findCanary(server, store)).toEqual([]);
		const listed = await listSessions(server);
		expect(listed).toContain(other.session);
		expect(listed).not.toContain(over.session);
		expect((await server.get(path(other.session))).status).toBe(200);
		await server.server.close();
		expect(await findCanary(server, store)).toEqual([]);
		expect(findText(await readIndexTexts(server.dataFolder), CANARY)).toEqual([]);
	}, 600_000);
}

const IDLE = { SNAG_IDLE_SECONDS: "8" };

describe("on a disk", () => {
	prove(async () => {
		const server = await startTestServer(IDLE);
		const config = parseConfig({ SNAG_STORAGE: `file:${join(server.dataFolder, "objects")}` });
		return { server, store: createStore(config.storage) };
	});
});

describeWithS3("on S3", (s3) => {
	prove(async () => {
		const { SNAG_STORAGE = "", ...keys } = s3Environment(s3());
		Object.assign(process.env, keys);
		const server = await startTestServer({ ...IDLE, SNAG_STORAGE });
		return { server, store: createStore(parseConfig({ SNAG_STORAGE }).storage) };
	});
});
