// The first promise at scale: kill -9 at any instant, under load, with recorders that send again what
// was not acknowledged. Nothing that was acknowledged is missing, and nothing is seen twice. The index
// is off during the kills, so that a start takes less than a second; it reads everything afterwards.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createStore } from "../../server/store/create-store.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import { s3Environment, useS3Keys } from "../server/s3-storage.ts";
import { createSeededRandom, type SeededRandom } from "../support/seed.ts";
import { describeWithS3 } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";
import { createKillableServer, type KillableServer, NO_INDEX } from "./killable-server.ts";
import {
	countAcknowledged,
	expectNothingLost,
	expectSeenOnce,
	finishAll,
	startRecorders,
} from "./nothing-lost.ts";

/** Less than the whole, as SNAG_TEST_KILLS=60, only shows that the test works. */
const KILLS = Number(process.env.SNAG_TEST_KILLS) || 520;
const S3_KILLS = Math.ceil(KILLS / 9);
const JOURNAL_KILLS = S3_KILLS;
const DISK_KILLS = 2 * Math.ceil((KILLS - S3_KILLS - JOURNAL_KILLS) / 2);
/** A store as slow as S3 has them all in flight; in front of a fast one, most wait for their next attempt. */
const RECORDERS = { slow: 32, fast: 64 };
/** Two servers at a time, since a start keeps one core busy and leaves the other idle. */
const LANES = 2;
/** A kill falls somewhere in this time behind the first acknowledgement of a start. */
const LIFE_MS = 250;
/** Or, for one in ten, somewhere in this time behind the start itself. */
const START_MS = 900;
const EARLY = 0.1;
const START_TIMEOUT_MS = 120_000;
/** Uploads in flight at a kill, on average at least. */
const MEAN_IN_FLIGHT = 4;
const MINUTE = 60_000;

interface Lane {
	server: KillableServer;
	recorders: RetryingRecorder[];
}

describe("kills while chunks go to a disk", () => {
	const random = createSeededRandom("kills on disk");
	let lanes: Lane[];
	beforeAll(async () => {
		const open = () => createLane(random, NO_INDEX);
		lanes = await Promise.all(Array.from({ length: LANES }, open));
	});
	afterAll(() => removeLanes(lanes));

	test(
		`${DISK_KILLS} kills lose no acknowledged chunk`,
		async () => {
			await Promise.all(lanes.map((lane) => killAgainAndAgain(lane, DISK_KILLS / LANES, random)));
			for (const { server, recorders } of lanes) {
				const store = createStore({ kind: "disk", folder: `${server.dataFolder}/objects` });
				await expectNothingLost("disk", recorders, store);
			}
		},
		25 * MINUTE,
	);

	test(
		"and the index, filled from what is left, shows every chunk once",
		async () => {
			for (const { server, recorders } of lanes) {
				await server.kill();
				await server.start({ SNAG_CLICKHOUSE_URL: "" });
				await server.process().ready();
				await expectSeenOnce(server, recorders);
				await server.kill();
			}
		},
		10 * MINUTE,
	);
});

describeWithS3("kills while chunks go to S3", (s3) => {
	const random = createSeededRandom("kills on S3");
	let lane: Lane;
	beforeAll(async () => {
		lane = await createLane(random, { ...NO_INDEX, ...s3Environment(s3()) }, RECORDERS.slow);
	});
	afterAll(() => removeLanes([lane]));

	test(
		`${S3_KILLS} kills lose no acknowledged chunk`,
		async () => {
			await killAgainAndAgain(lane, S3_KILLS, random);
			await expectNothingLost("S3", lane.recorders, createStore(useS3Keys(s3(), "tests")));
		},
		10 * MINUTE,
	);
});

describeWithS3("kills while a local journal acknowledges in front of S3", (s3) => {
	const random = createSeededRandom("kills with a journal");
	let lane: Lane;
	beforeAll(async () => {
		const journal = { SNAG_ACK: "journal", ...s3Environment(s3()) };
		lane = await createLane(random, { ...NO_INDEX, ...journal });
	});
	afterAll(() => removeLanes([lane]));

	test(
		`${JOURNAL_KILLS} kills lose no acknowledged chunk`,
		async () => {
			await killAgainAndAgain(lane, JOURNAL_KILLS, random);
			// What the last process has not uploaded yet, the next one uploads first.
			await lane.server.kill();
			await lane.server.start();
			const folder = join(lane.server.dataFolder, "journal");
			const isUploaded = async () => (await readdir(folder)).length === 0;
			await waitFor(isUploaded, { what: "an empty journal", timeoutMs: 2 * MINUTE });
			await expectNothingLost("journal", lane.recorders, createStore(useS3Keys(s3(), "tests")));
		},
		10 * MINUTE,
	);
});

async function createLane(
	random: SeededRandom,
	env: Record<string, string>,
	count = RECORDERS.fast,
): Promise<Lane> {
	const server = await createKillableServer(env);
	await server.start();
	const recorders = startRecorders(count, server, random);
	return { server, recorders };
}

async function removeLanes(lanes: readonly Lane[]): Promise<void> {
	for (const { server, recorders } of lanes) {
		for (const recorder of recorders) recorder.stop();
		await server.remove();
	}
}

async function killAgainAndAgain(lane: Lane, kills: number, random: SeededRandom): Promise<void> {
	const { server, recorders } = lane;
	let inFlight = 0;
	for (let kill = 0; kill < kills; kill++) {
		if (random.next() < EARLY) await pass(random.next() * START_MS);
		else {
			const before = countAcknowledged(recorders);
			await waitFor(() => countAcknowledged(recorders) > before || server.hasEnded(), {
				what: "an acknowledgement after a start",
				timeoutMs: START_TIMEOUT_MS,
			});
			if (server.hasEnded()) throw new Error(server.process().output());
			await pass(random.next() * LIFE_MS);
		}
		inFlight += recorders.filter((recorder) => recorder.isSending()).length;
		await server.kill();
		await server.start();
	}
	await finishAll(recorders);
	console.log(`${kills} kills, ${inFlight} uploads in flight at them`);
	expect(inFlight).toBeGreaterThan(kills * MEAN_IN_FLIGHT);
}

/** The one place where time passes for its own sake: a kill has to fall anywhere. */
function pass(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
