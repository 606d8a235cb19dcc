// The process that finishes takes one event at a time: a chunk that inflates to as much as it may, parsed
// as a whole, would take twice what it is given here. The largest sessions are in test/slow/.
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeChunk, encodeChunk } from "../../../protocol/chunk.ts";
import { createDiskStore } from "../../../server/store/disk-store.ts";
import { createTempFolder } from "../../support/temp-folder.ts";
import { createSampleChunk, createSampleSession, createSampleSnapshot } from "../sample-chunk.ts";
import { runChild } from "./run-child.ts";
import { createJob, storePack } from "./sample-store.ts";

const MEGABYTE = 1024 * 1024;

test("a chunk of 15 MiB of events is finished within 128 MB", async () => {
	const folder = await createTempFolder("memory");
	const store = createDiskStore(`${folder.path}/objects`);
	await store.probe();
	const session = createSampleSession();
	const { envelope, facts } = decodeChunk(
		createSampleChunk(session, { events: createSampleSnapshot(session) }),
	);
	const moves = Array.from({ length: 200_000 }, (_, n) => ({
		...{ type: 3, timestamp: session.startedAt + n },
		data: { source: 3, id: 4, x: 0, y: n },
	}));
	const json = JSON.stringify([...createSampleSnapshot(session), ...moves]);
	expect(json.length).toBeGreaterThan(14 * MEGABYTE);
	const chunk = encodeChunk({ envelope, facts, events: gzipSync(json) });
	const { chunks } = await storePack(store, [{ chunk, receivedAt: session.startedAt }]);
	const ran = await runChild(folder.path, [createJob(session.session, chunks)]);
	expect(ran.messages.at(-1)).toMatchObject({ kind: "finished", quarantined: 0 });
	expect(ran.peakBytes - ran.startBytes).toBeLessThan(128 * MEGABYTE);
	await folder.remove();
});
