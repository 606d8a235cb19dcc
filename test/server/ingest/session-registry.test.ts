import { expect, test } from "vitest";
import type { Envelope } from "../../../protocol/envelope.ts";
import { SESSION_CHUNKS } from "../../../protocol/limits.ts";
import { createSessionRegistry } from "../../../server/ingest/session-registry.ts";
import { createSampleSession } from "../sample-chunk.ts";

const NOW = Date.now();
const STORED = Promise.resolve();
const createSession = () => {
	const { session, writeKey, stream } = createSampleSession(NOW);
	return (sequence: number) =>
		({ session, writeKey, stream, sequence, part: 0 }) as unknown as Envelope;
};

test("of a session the newest chunks are known, the caps count all of them", () => {
	const registry = createSessionRegistry();
	const at = createSession();
	for (let n = 0; n < SESSION_CHUNKS; n++) {
		expect(registry.judge(1, at(n), n, NOW).kind).toBe("new");
		registry.remember(1, at(n), { crc: n, bytes: 10 }, STORED);
	}
	expect(registry.remembered()).toEqual({ sessions: 1, chunks: 200 });
	expect(registry.judge(1, at(SESSION_CHUNKS - 1), 0, NOW)).toMatchObject({
		...{ kind: "duplicate", conflict: true },
	});
	expect(registry.judge(1, at(0), 0, NOW).kind).toBe("over_caps");
});

test("of all sessions together a bounded number of chunks is known", () => {
	const registry = createSessionRegistry();
	for (let n = 0; n < 1500; n++) {
		const at = createSession();
		for (let sequence = 0; sequence < 150; sequence++) {
			registry.remember(1, at(sequence), { crc: 1, bytes: 1 }, STORED);
		}
	}
	expect(registry.remembered().chunks).toBeLessThanOrEqual(200_000);
	expect(registry.remembered().sessions).toBeGreaterThan(1300);
});

test("a chunk that was not stored is not known and not counted", async () => {
	const registry = createSessionRegistry();
	const at = createSession();
	const failed = Promise.reject(new Error("no"));
	registry.remember(1, at(0), { crc: 1, bytes: 10 }, failed);
	await failed.catch(() => {});
	await STORED;
	expect(registry.judge(1, at(0), 1, NOW).kind).toBe("new");
	expect(registry.remembered().chunks).toBe(0);
});
