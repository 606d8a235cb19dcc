// The doctor finds what is wrong, says what to do, and what it says helps.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ALL_CONTROL_SNAPSHOTS } from "../../../server/store/layout.ts";
import { waitFor } from "../../support/wait-for.ts";
import { createSampleSession } from "../sample-chunk.ts";
import { openStoredLife, type StoredLife } from "./stored-life.ts";

const HOUR_MS = 60 * 60 * 1000;

let life: StoredLife;
beforeAll(async () => {
	life = await openStoredLife();
	// A server that has just started is not well yet: its control data is copied a second later.
	const isCopied = async () => {
		for await (const _ of life.parts.store.list(ALL_CONTROL_SNAPSHOTS)) return true;
		return false;
	};
	await waitFor(isCopied, { what: "the copy of the control data" });
});
afterAll(() => life.close());

/** What is not as it should be. */
async function examine(): Promise<Record<string, string>> {
	const { findings, problems, warnings } = await life.parts.lifecycle.examine(() => {});
	const faults = findings.filter(({ state }) => state !== "ok");
	expect(faults).toHaveLength(problems + warnings);
	for (const { todo } of faults) expect(todo).not.toBe("");
	return Object.fromEntries(
		// The machine of the test may be short of room, which is no fault of what is tested.
		faults.filter(({ check }) => check !== "disk").map(({ check, found }) => [check, found]),
	);
}

const hoursAgo = (hours: number) => createSampleSession(Date.now() - hours * HOUR_MS);

test("a server that is well has nothing to be done", async () => {
	await life.storePack(hoursAgo(1));
	await life.count();
	expect(await examine()).toEqual({});
});

test("a pack that was not counted is counted by a reindex", async () => {
	await life.storePack(hoursAgo(2));
	expect(await examine()).toEqual({ packs: "1 of 2 are stored but not counted" });
	await life.count();
	expect(await examine()).toEqual({});
});

test("chunks without their pack are forgotten by a fresh reindex", async () => {
	const pack = await life.storePack(hoursAgo(3));
	await life.count();
	await rm(join(life.folder, pack));
	expect(await examine()).toEqual({
		chunks: "1 packs that hold unfinished sessions are missing",
	});
	await life.parts.lifecycle.reindex({ isFresh: true });
	expect(await examine()).toEqual({});
});

test("recordings of the erased, tombstones that are missing, old packs and strangers are named", async () => {
	const session = hoursAgo(4);
	const { lifecycle, tombstones } = life.parts;
	const subject = { site: life.site, kind: "session" as const, subject: session.session };
	const { tombstone, receipt } = await lifecycle.erase(subject);
	await receipt;
	expect(await examine()).toEqual({});
	const recording = await life.storeRecording(session, 1, 1);
	await life.store("somebody/elses.txt", Buffer.from("x"));
	await life.storePack(hoursAgo(50));
	await life.count();
	await rm(join(life.folder, "t"), { recursive: true });
	expect(await examine()).toEqual({
		"age of packs": "1 are older than 48 hours: their sessions were not finished",
		tombstones: "1 are not in the store, 0 not in the control data",
		"erased data":
			"0 erasures wait for more than an hour; 1 objects and 0 rows are left of the erased",
		"other objects": "1 objects are not Snag's, the first somebody/elses.txt",
	});
	await tombstones.remove(tombstone);
	await rm(join(life.folder, recording));
});
