// The S3 store in trouble, with uploads going on: what was acknowledged is in the store, whatever it
// said or did not say; how long an acknowledgement took is printed.
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { decodePack } from "../../../protocol/pack.ts";
import {
	type Fault,
	type FaultRequest,
	type FaultS3,
	startFaultS3,
} from "../../support/fault-s3.ts";
import { s3Environment } from "../s3-storage.ts";
import { createSampleChunk, createSampleSession } from "../sample-chunk.ts";
import { startTestServer, type TestServer } from "../start-server.ts";

const HANG_MS = 10_000;
const UPLOADS = 36;
const AT_ONCE = 12;

let s3: FaultS3;
let server: TestServer;
beforeAll(async () => {
	s3 = await startFaultS3();
	const keys = s3Environment(s3);
	Object.assign(process.env, keys);
	server = await startTestServer({ SNAG_STORAGE: keys.SNAG_STORAGE ?? "" });
});
afterAll(async () => {
	await server.close();
	await s3.stop();
});
afterEach(() => {
	s3.faults.before = undefined;
	s3.faults.after = undefined;
});

/** Session and sequence of every chunk that is stored. */
function listStored(): Set<string> {
	const packs = [...(s3.buckets.get(s3.bucket) ?? [])].filter(([key]) => key.endsWith(".pk"));
	const chunks = packs.flatMap(([, { body }]) => decodePack(body).entries);
	return new Set(
		chunks.map(({ chunk }) => {
			const { envelope } = decodeChunk(chunk);
			return `${envelope.session}/${envelope.sequence}`;
		}),
	);
}

interface Tally {
	/** Session and sequence of what was answered 204. */
	acknowledged: string[];
	refused: number;
	/** Milliseconds from the request to its 204, ascending. */
	waits: number[];
}

/** Recorders that send one chunk after another and go on after a refusal. */
async function upload(count: number): Promise<Tally> {
	const tally: Tally = { acknowledged: [], refused: 0, waits: [] };
	const each = async (): Promise<void> => {
		const session = createSampleSession();
		for (let sequence = 0; sequence < count / AT_ONCE; sequence++) {
			const begin = performance.now();
			const { status } = await server.post(createSampleChunk(session, { sequence }));
			if (status === 204) {
				tally.acknowledged.push(`${session.session}/${sequence}`);
				tally.waits.push(performance.now() - begin);
			} else tally.refused++;
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, each));
	tally.waits.sort((a, b) => a - b);
	return tally;
}

function report(name: string, { acknowledged, refused, waits }: Tally): void {
	const at = (share: number) => Math.round(waits[Math.ceil(waits.length * share) - 1] ?? 0);
	console.log(
		`${name}: ${acknowledged.length} acknowledged, ${refused} refused, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
	);
}

/** A fault for every nth put of a pack. */
function every(nth: number, fault: () => Fault | undefined | Promise<Fault | undefined>) {
	let puts = 0;
	return ({ operation, key }: FaultRequest) => {
		const isPack = operation === "PutObject" && key.endsWith(".pk");
		return isPack && puts++ % nth === 0 ? fault() : undefined;
	};
}

const hang = () => new Promise<undefined>((done) => setTimeout(() => done(undefined), HANG_MS));

describe("nothing that was acknowledged is missing", () => {
	const cases: [name: string, set: () => void, p99Ms: number][] = [
		["when the store is well", () => {}, 5000],
		[
			"when every third put is answered 503",
			() => {
				s3.faults.before = every(3, () => ({ status: 503, code: "SlowDown" }));
			},
			5000,
		],
		[
			"when every third put is stored and answered 500",
			() => {
				s3.faults.after = every(3, () => ({ status: 500, code: "InternalError" }));
			},
			5000,
		],
		[
			"when every fourth put hangs for ten seconds: a second one with the same key is faster",
			() => {
				s3.faults.before = every(4, hang);
			},
			8000,
		],
		[
			"when the connection of every third put breaks after it was stored",
			() => {
				s3.faults.after = every(3, () => "drop");
			},
			5000,
		],
	];
	test.each(cases)("%s", async (name, set, p99Ms) => {
		set();
		const tally = await upload(UPLOADS);
		report(name, tally);
		const stored = listStored();
		expect(tally.acknowledged.filter((chunk) => !stored.has(chunk))).toEqual([]);
		expect(tally.refused).toBe(0);
		expect(tally.waits[Math.ceil(tally.waits.length * 0.99) - 1]).toBeLessThan(p99Ms);
	});
});

describe("nothing is acknowledged", () => {
	const refusals: [name: string, fault: Fault][] = [
		["when the store is full", { status: 507, code: "InsufficientStorage" }],
		["when the store is read-only", { status: 403, code: "AccessDenied" }],
		["when its bucket is gone", { status: 404, code: "NoSuchBucket" }],
		["when it drops every connection", "drop"],
	];
	test.each(refusals)("%s, and all of it is taken once it is well again", async (_, fault) => {
		s3.faults.before = every(1, () => fault);
		const session = createSampleSession();
		const chunk = createSampleChunk(session, { envelope: { last: true } });
		const refused = await server.post(chunk);
		expect([refused.status, (await refused.json()).error.code]).toEqual([503, "store_unavailable"]);
		expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
		s3.faults.before = undefined;
		expect((await server.post(chunk)).status).toBe(204);
		expect(listStored()).toContain(`${session.session}/0`);
	});
});
