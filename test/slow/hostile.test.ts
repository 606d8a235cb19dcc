// What anybody with a public key can send, at the size of the limits: each is answered, costs at most its
// own session, is finished or put aside with a reason, and is looked at within seconds. The memory of the
// server stays within its bounds, and ordinary visits beside it are whole.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Manifest } from "../../protocol/api.ts";
import { decodeChunk, encodeChunk } from "../../protocol/chunk.ts";
import { createUuidV7 } from "../../protocol/ids.ts";
import { SESSION_CHUNKS, SESSION_MS } from "../../protocol/limits.ts";
import type { RetryingRecorder } from "../server/retrying-recorder.ts";
import {
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleOptions,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { ORIGIN } from "../server/start-server.ts";
import { createSeededRandom } from "../support/seed.ts";
import { waitFor } from "../support/wait-for.ts";
import {
	createKillableServer,
	type KillableServer,
	readCpuMs,
	readResidentBytes,
} from "./killable-server.ts";
import { expectSeenOnce, finishAll, startRecorders } from "./nothing-lost.ts";

const MINUTE = 60_000;
const DAY_MS = 24 * 60 * MINUTE;
const MB = 1024 * 1024;
const IDLE_SECONDS = 20;
const PARALLEL = 8;
/** Who just goes on, at the pace of a visit. */
const BYSTANDERS = 4;
/** Of the processor, for the longest answer; what else the machine does is not the sender's fault. */
const ANSWER_CPU_MS = 15_000;
/** 200 MB at rest, 64 MiB in flight, and what two answers may hold. */
const SERVER_BYTES = 800 * MB;
const FINISHER_BYTES = 600 * MB;

let server: KillableServer;
let bystanders: RetryingRecorder[];
let watch: { peak: Record<string, number>; stop: () => void };
beforeAll(async () => {
	server = await createKillableServer({
		SNAG_IDLE_SECONDS: String(IDLE_SECONDS),
		SNAG_BUDGET_SESSIONS_PER_MINUTE: "0",
	});
	await server.start();
	await server.process().ready();
	watch = watchMemory();
	bystanders = startRecorders(BYSTANDERS, server, createSeededRandom("bystanders"), 3000);
});
afterAll(async () => {
	console.log(`the server said: ${server?.process().output()}`);
	watch?.stop();
	for (const recorder of bystanders ?? []) recorder.stop();
	await server?.remove();
});

const post = async (body: Uint8Array, query = ""): Promise<number | string> => {
	const answer = await fetch(server.endpoint + query, {
		method: "POST",
		body: body as Uint8Array<ArrayBuffer>,
		headers: { origin: ORIGIN },
	});
	const text = await answer.text();
	return answer.status === 204 ? 204 : (/"(?:code|do)":"(\w+)"/.exec(text)?.[1] ?? answer.status);
};

/** A chunk whose events section is any bytes. */
function withEvents(session: SampleSession, sequence: number, events: Uint8Array): Uint8Array {
	const { startedAt } = session;
	const times = { from: startedAt, to: startedAt + 10, snapshots: [] };
	const envelope = { events: { encoding: "gzip" as const, count: 1, ...times } };
	const chunk = decodeChunk(createSampleChunk(session, { sequence, envelope }));
	return encodeChunk({ ...chunk, events });
}

const first = (session: SampleSession): SampleOptions => ({
	events: createSampleSnapshot(session),
	facts: [createPageFact(session)],
});
const zip = (json: string) => gzipSync(json, { level: 1 });
const event = (session: SampleSession, data: unknown, type = 3) => ({
	type,
	timestamp: session.startedAt + 20,
	data,
});

/** A gibibyte of zeros, about a megabyte on the wire. */
async function createBomb(): Promise<Buffer> {
	const gzip = createGzip({ level: 9 });
	const parts: Buffer[] = [];
	gzip.on("data", (part: Buffer) => parts.push(part));
	const zeros = Buffer.alloc(16 * MB);
	for (let written = 0; written < 1024; written += 16) {
		if (!gzip.write(zeros)) await new Promise((resolve) => gzip.once("drain", resolve));
	}
	gzip.end();
	await new Promise((resolve) => gzip.once("end", resolve));
	return Buffer.concat(parts);
}

function createWidePage(nodes: number): object {
	const childNodes = Array.from({ length: nodes }, (_, id) => ({
		type: 3,
		id: id + 9,
		textContent: "",
	}));
	const body = { type: 2, id: 4, tagName: "body", attributes: {}, childNodes };
	const html = { type: 2, id: 2, tagName: "html", attributes: {}, childNodes: [body] };
	return { node: { type: 0, id: 1, childNodes: [html] }, initialOffset: { left: 0, top: 0 } };
}

const add = (parentId: unknown, id: unknown, nextId: unknown = null) => ({
	parentId,
	nextId,
	node: { type: 2, id, tagName: "p", attributes: {}, childNodes: [] },
});
const mutation = (adds: unknown[], removes: unknown[] = []) => ({
	...{ source: 0, adds, removes, texts: [], attributes: [] },
});

interface Attack {
	name: string;
	/** Sends it; gives the answers it got, each once. */
	send: (session: SampleSession) => Promise<unknown[]>;
	answers: unknown[];
	startedAt?: number;
	/** Nothing of it is stored. */
	isRefused?: boolean;
}

const attacks: Attack[] = [
	{
		name: "as many chunks as a session may have, and more",
		answers: [204, "rotate"],
		send: (session) =>
			sendMany(SESSION_CHUNKS + 20, (sequence) =>
				createSampleChunk(session, {
					...(sequence === 0 ? first(session) : {}),
					...(sequence > 0 && { events: [event(session, { tag: "n", payload: sequence }, 5)] }),
					sequence,
				}),
			),
	},
	{
		name: "as many bytes as a session may have, and more",
		answers: [204, "rotate"],
		send: (session) =>
			sendMany(40, (sequence) => {
				if (sequence === 0) return createSampleChunk(session, first(session));
				const payload = randomBytes(1.4 * MB).toString("base64");
				return createSampleChunk(session, {
					sequence,
					encoding: "raw",
					events: [event(session, { tag: "ballast", payload }, 5)],
				});
			}),
	},
	{
		name: "a page of 200,000 nodes",
		answers: [204],
		send: (session) => {
			const page = event(session, createWidePage(200_000), 2);
			return sendMany(2, (sequence) =>
				sequence === 0
					? createSampleChunk(session, first(session))
					: withEvents(session, 1, zip(JSON.stringify([page]))),
			);
		},
	},
	{
		name: "a bomb of a gibibyte, five times",
		answers: [204],
		send: async (session) => {
			const bomb = await createBomb();
			return sendMany(6, (sequence) =>
				sequence === 0
					? createSampleChunk(session, first(session))
					: withEvents(session, sequence, bomb),
			);
		},
	},
	{
		name: "20,000 brackets in one another",
		answers: [204],
		send: (session) => {
			const deep = `[${"[".repeat(20_000)}${"]".repeat(20_000)}]`;
			const inside = `[{"type":3,"timestamp":${session.startedAt + 20},"data":{"source":0,"adds":${deep}}}]`;
			return sendMany(3, (sequence) =>
				sequence === 0
					? createSampleChunk(session, first(session))
					: withEvents(session, sequence, zip(sequence === 1 ? deep : inside)),
			);
		},
	},
	{
		name: "20,000 brackets in one another among the facts",
		answers: ["bad_facts"],
		isRefused: true,
		send: async (session) => {
			const chunk = decodeChunk(createSampleChunk(session));
			const facts = gzipSync(`[${"[".repeat(20_000)}${"]".repeat(20_000)}]`);
			return [await post(encodeChunk({ ...chunk, facts }))];
		},
	},
	{
		name: "times that are none",
		answers: [204],
		send: (session) => {
			const times = ["null", '"now"', "1e999", "-1e999", "{}", "-5", "1e15", "0.5"];
			const events = times.map(
				(at) => `{"type":5,"timestamp":${at},"data":{"tag":"t","payload":1}}`,
			);
			return sendMany(2, (sequence) =>
				sequence === 0
					? createSampleChunk(session, first(session))
					: withEvents(session, 1, zip(`[${events.join()}]`)),
			);
		},
	},
	{
		name: "parents that are missing and ids in a circle",
		answers: [204],
		send: (session) => {
			const adds = [
				...[add(999_999, 50), add(60, 61), add(61, 60), add(70, 70), add(4, 80, 80)],
				...[add(4, 90, 91), add(4, 91, 90), add(4, 1), add(4, 4), add(null, 95), add("4", "x")],
			];
			const removes = [
				...[{ parentId: 4, id: 1 }, { parentId: 1, id: 1 }, { parentId: 77, id: 78 }, { id: null }],
			];
			return sendMany(2, (sequence) =>
				sequence === 0
					? createSampleChunk(session, first(session))
					: createSampleChunk(session, {
							sequence,
							events: [event(session, mutation(adds, removes)), event(session, mutation(adds))],
						}),
			);
		},
	},
	{
		name: "gaps and the same chunk with other bytes",
		answers: [204],
		send: async (session) => {
			const numbers = [0, 5, 9, 400, 5, 9];
			const answers: unknown[] = [];
			for (const [at, sequence] of numbers.entries()) {
				const note = event(session, { tag: "n", payload: at }, 5);
				const options = sequence === 0 ? first(session) : { events: [note] };
				answers.push(await post(createSampleChunk(session, { ...options, sequence })));
			}
			return [...new Set(answers)];
		},
	},
	...[-3, 3].map((days) => ({
		name: `a clock ${days} days off`,
		answers: ["rotate"],
		isRefused: true,
		startedAt: Date.now() + days * DAY_MS,
		send: async (session: SampleSession) => [
			await post(createSampleChunk(session, first(session)), `?t=${session.startedAt}`),
		],
	})),
	...[-3, 3].map((days) => ({
		name: `events of a clock ${days} days off in a session of today`,
		answers: [204],
		send: async (session: SampleSession) => {
			const off = { ...session, startedAt: session.startedAt + days * DAY_MS };
			return [await post(createSampleChunk(off, first(off)), `?t=${off.startedAt + 100}`)];
		},
	})),
	{
		name: "a session that does not end",
		answers: ["rotate"],
		isRefused: true,
		startedAt: Date.now() - SESSION_MS - 10 * MINUTE,
		send: async (session) => {
			const facts = [createPageFact({ ...session, startedAt: Date.now() })];
			return [await post(createSampleChunk(session, { facts }))];
		},
	},
];

describe("an attack", () => {
	test.each(attacks.map((attack) => [attack.name, attack] as const))(
		"%s",
		async (name, { send, answers, startedAt, isRefused }) => {
			const session = createSampleSession();
			if (startedAt !== undefined) {
				Object.assign(session, { startedAt, session: createUuidV7(startedAt, randomBytes(10)) });
			}
			expect((await send(session)).toSorted()).toEqual(answers.toSorted());
			const path = `/sites/${server.siteId}/sessions/${session.session}`;
			if (isRefused === true) {
				expect((await server.get(path)).status).toBe(404);
				return;
			}
			const look = async (): Promise<string> => {
				const times: string[] = [];
				for (const tail of ["", "/events"]) {
					const before = await readCpuMs(server.process().pid);
					const answer = await server.get(path + tail);
					const { byteLength } = await answer.arrayBuffer();
					const ms = (await readCpuMs(server.process().pid)) - before;
					times.push(`${answer.status} ${ms} ms ${Math.round(byteLength / 1024)} KB`);
					expect(answer.status).toBe(200);
					expect(ms).toBeLessThan(ANSWER_CPU_MS);
				}
				return times.join(", ");
			};
			const isCounted = async () => (await server.get(path)).status === 200;
			await waitFor(isCounted, { what: "the session in the index", timeoutMs: MINUTE });
			const live = await look();
			const isFinished = async () => {
				const answer = await server.get(path);
				return answer.ok && ((await answer.json()) as Manifest).recording !== "";
			};
			await waitFor(isFinished, { what: "its recording", timeoutMs: 5 * MINUTE });
			console.log(`${name}: live ${live}; finished ${await look()}`);
		},
		10 * MINUTE,
	);
});

test(
	"and beside all of it the process is the same, its memory bounded, and other visits whole",
	async () => {
		const { pid } = server.process();
		await finishAll(bystanders);
		await expectSeenOnce(server, bystanders);
		for (const path of ["sessions?limit=200", "pages", "heatmap?page=/products"]) {
			expect((await server.get(`/sites/${server.siteId}/${path}`)).status).toBe(200);
		}
		expect(server.process().pid).toBe(pid);
		const { peak } = watch;
		console.log(
			`peak MB: ${JSON.stringify(peak, (_, value) => (value > 1 ? Math.round(value / MB) : value))}`,
		);
		expect(peak.server).toBeGreaterThan(0);
		expect(peak.server).toBeLessThan(SERVER_BYTES);
		expect(peak.finisher).toBeGreaterThan(0);
		expect(peak.finisher).toBeLessThan(FINISHER_BYTES);
	},
	5 * MINUTE,
);

/** @returns the different answers */
async function sendMany(
	count: number,
	create: (sequence: number) => Uint8Array,
): Promise<unknown[]> {
	const answers = new Set<unknown>([await post(create(0))]);
	let next = 1;
	const send = async (): Promise<void> => {
		while (next < count) {
			const body = create(next++);
			let answer = await post(body);
			// A server that is busy asks for the same again, which is no answer yet.
			while (answer === "store_unavailable" || answer === "over_budget") answer = await post(body);
			answers.add(answer);
		}
	};
	await Promise.all(Array.from({ length: PARALLEL }, send));
	return [...answers];
}

/** The most that the server and its processes held at any look. */
function watchMemory() {
	const peak: Record<string, number> = { server: 0, finisher: 0, index: 0 };
	const look = async (): Promise<void> => {
		const { pid } = server.process();
		const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8").catch(() => "");
		for (const one of [String(pid), ...children.trim().split(" ")]) {
			const command = await readFile(`/proc/${one}/cmdline`, "utf8").catch(() => "");
			const name = ["finisher", "index"].find((part) => command.includes(part)) ?? "server";
			const bytes = await readResidentBytes(Number(one));
			peak[name] = Math.max(peak[name] ?? 0, bytes);
		}
	};
	const timer = setInterval(() => void look(), 100);
	return { peak, stop: () => clearInterval(timer) };
}
