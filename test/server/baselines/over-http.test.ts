// The whole road over HTTP: uploads → sessions that are over → what is usual → a verdict that names it, and an erasure
// that takes what the erased had to say of it.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Erasures, SessionEpisodes } from "../../../protocol/api.ts";
import { waitFor } from "../../support/wait-for.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../sample-chunk.ts";
import { serverForSuite } from "../suite-server.ts";

const server = serverForSuite({ SNAG_IDLE_SECONDS: "1" });
const VISITS = 40;

/** Somebody who rests on a button and presses it. */
async function visit(session: SampleSession, hover: number): Promise<void> {
	const { post } = server();
	const press = createPressFact(session, { after: 120_000, hover });
	const body = createSampleChunk(session, {
		facts: [createPageFact(session), createElementFact(session), press],
		events: createSampleSnapshot(session),
	});
	expect((await post(body)).status).toBe(204);
}

test("a long rest is told once it is known what is usual, by the name of what was frozen, until its visitor is erased", {
	timeout: 180_000,
}, async () => {
	const { get, getUntil, siteId, dataFolder, url, server: running } = server();
	const before = Array.from({ length: VISITS }, () => createSampleSession(Date.now() - 180_000));
	for (const [at, session] of before.entries()) await visit(session, 300 + 20 * (at % 10));
	const folder = join(dataFolder, "objects", "b", siteId);
	const listFrozen = () => readdir(folder).catch((): string[] => []);
	await waitFor(async () => (await listFrozen()).length > 0, {
		...{ what: "what is usual to be frozen", timeoutMs: 60_000 },
	});
	const names = (await listFrozen()).map((file) =>
		new Date(Number.parseInt(file, 10)).toISOString(),
	);

	const slow = createSampleSession(Date.now() - 180_000);
	await visit(slow, 20_000);
	const path = `/sites/${siteId}/sessions/${slow.session}/episodes`;
	const told = await getUntil<SessionEpisodes>(path, ({ friction, episodes }) => {
		return !friction.provisional && episodes.length > 0;
	});
	expect(told.episodes).toMatchObject([{ class: "hesitation", element: { key: "id:buy" } }]);
	expect(names).toContain(told.episodes[0]?.baselines);

	const asked = await fetch(`${url}/api/v1/sites/${siteId}/erasures`, {
		method: "POST",
		body: JSON.stringify({ visitor: slow.visitor }),
		headers: { authorization: `Bearer ${running.token}`, "content-type": "application/json" },
	});
	expect(asked.status).toBeLessThan(300);
	const { erasures } = await getUntil<Erasures>(`/sites/${siteId}/erasures`, ({ erasures }) =>
		erasures.every(({ state }) => state === "done"),
	);
	expect(erasures[0]?.counts).toMatchObject({
		...{ "rows of times": 1, "rows of habits": 1, "rows of visits": 1 },
	});
	expect((await get(path)).status).toBe(404);
});
