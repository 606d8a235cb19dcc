// The index folder is deleted, or the index is forgotten, and it is made again from what is stored, killed in
// the middle, and every route of the API gives the answers of before: of sessions whose packs are gone, of
// live ones, and nothing of erased ones.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import type { Erasures, Sessions, Site } from "../../protocol/api.ts";
import type { Fact } from "../../protocol/fact.ts";
import { type Answers, findDifferences, hashAnswers } from "../server/lifecycle/hash-answers.ts";
import {
	createElementFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { ORIGIN } from "../server/start-server.ts";
import { findFreePort } from "../support/free-port.ts";
import { NO_BUDGETS } from "../support/no-budgets.ts";
import { createSeededRandom } from "../support/seed.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const FINISHED = 80;
const LIVE = 40;
const ERASED = 6;
const KILLS = 3;
const MINUTE = 60_000;
/** Longer than a server of two idle seconds takes to look for what is due and to write it. */
const SETTLED_MS = 8000;
const PATHS = ["/", "/products", "/products/17", "/basket", "/checkout", "/help/returns"];

interface Made {
	data: string;
	port: string;
	site: Site;
	answers: Answers;
}

let made: Made;
let folder: TempFolder | undefined;
let snag: SnagProcess | undefined;
afterAll(async () => {
	await snag?.kill();
	await folder?.remove();
});

function start(dataFolder: string, port: string, idleSeconds: number): Promise<SnagProcess> {
	const env = { ...NO_BUDGETS, PORT: port, SNAG_IDLE_SECONDS: String(idleSeconds) };
	return startSnag({ entry: "dist/server.js", dataFolder, env });
}

async function ask(path: string, body?: object): Promise<unknown> {
	const answer = await fetch(`${snag?.url}/api/v1${path}`, {
		...(body && { method: "POST", body: JSON.stringify(body) }),
		headers: {
			authorization: `Bearer ${snag?.token}`,
			...(body && { "content-type": "application/json" }),
		},
	});
	if (!answer.ok && answer.status !== 404) throw new Error(`${path}: ${answer.status}`);
	return answer.json();
}

/** A visit of one to four chunks, with presses here and there. */
function createChunks(session: SampleSession, below: (end: number) => number): Uint8Array[] {
	const width = [1280, 1440, 390][below(3)] ?? 1280;
	const path = () => PATHS[below(PATHS.length)] ?? "/";
	return Array.from({ length: 1 + below(4) }, (_, sequence) => {
		const at = session.startedAt + sequence * 1000 + below(500);
		const url = `http://shop.example${path()}`;
		const facts: Fact[] = [
			[1, at + 2, sequence, url, `Title ${below(5)}`, "load", width, 2000, width, 800],
			createElementFact(session),
			...Array.from({ length: below(4) }, () =>
				createPressFact(session, {
					...{ x: below(100) / 100, y: below(100) / 100, width },
					...{ view: sequence, after: sequence * 1000 + 500 + below(400) },
					// One in five rests for long: what is usual has to be what it was.
					hover: below(5) === 0 ? 15_000 : 200 + below(200),
				}),
			),
		];
		const events =
			sequence === 0
				? createSampleSnapshot(session, 0, width)
				: [{ type: 3, timestamp: at, data: { source: 3, id: 1, x: 0, y: below(500) } }];
		return createSampleChunk(session, {
			...{ sequence, facts, events, encoding: below(2) === 0 ? "gzip" : "raw" },
			envelope: { url, view: sequence, viewport: [width, 800] },
		});
	});
}

async function send(site: Site, chunks: readonly Uint8Array[]): Promise<void> {
	for (const chunk of chunks) {
		const { status } = await fetch(`${snag?.url}/i/${site.key}`, {
			method: "POST",
			body: chunk as Uint8Array<ArrayBuffer>,
			headers: { origin: ORIGIN },
		});
		expect(status).toBe(204);
	}
}

async function countSessions(site: Site): Promise<number> {
	const path = `/sites/${site.id}/sessions?limit=200`;
	return ((await ask(path)) as Sessions).sessions.length;
}

async function erase(site: Site, subjects: readonly object[]): Promise<void> {
	await Promise.all(subjects.map((subject) => ask(`/sites/${site.id}/erasures`, subject)));
	const path = `/sites/${site.id}/erasures`;
	await waitFor(
		async () => {
			const { erasures } = (await ask(path)) as Erasures;
			return erasures.every(({ state }) => state === "done");
		},
		{ what: "erasures to be done", timeoutMs: 180_000 },
	);
}

/** Sessions are judged once more when it is known what is usual. */
async function settle(frozenFolder: string, site: Site): Promise<void> {
	await waitFor(async () => (await readdir(frozenFolder).catch(() => [])).length > 0, {
		what: "what is usual to be frozen",
		timeoutMs: MINUTE,
	});
	const isSettled = async () => {
		const before = await hashAnswers(ask, site.id);
		await setTimeout(SETTLED_MS);
		return findDifferences(before, await hashAnswers(ask, site.id)).length === 0;
	};
	await waitFor(isSettled, { what: "sessions to be judged again", timeoutMs: 2 * MINUTE });
}

interface ReindexOptions {
	isFresh?: boolean;
	/** Kills the command so many ms after it begins to count. */
	killAfterMs?: number;
}

/** @returns what it printed */
async function reindex(
	dataFolder: string,
	port: string,
	{ isFresh = false, killAfterMs }: ReindexOptions = {},
): Promise<string> {
	const env = { PATH: process.env.PATH, SNAG_DATA: dataFolder, PORT: port };
	const words = ["dist/cli.js", "reindex", ...(isFresh ? ["--fresh"] : [])];
	const child = spawn(process.execPath, words, { env });
	let output = "";
	child.stdout.setEncoding("utf8").on("data", (text: string) => {
		output += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text: string) => {
		if (killAfterMs === undefined || !text.includes("counting objects")) return;
		void setTimeout(killAfterMs).then(() => child.kill("SIGKILL"));
	});
	await once(child, "close");
	return output;
}

async function expectSameAnswers({ site, answers }: Made): Promise<void> {
	const after = await hashAnswers(ask, site.id);
	expect(findDifferences(answers, after)).toEqual([]);
	expect(after.hashes).toEqual(answers.hashes);
}

test("an index made again from recordings and packs gives the same answers, to the byte", async () => {
	const { below } = createSeededRandom("reindex");
	folder = await createTempFolder("reindex");
	const data = join(folder.path, "data");
	const objects = join(data, "objects");
	const port = String(await findFreePort());

	snag = await start(data, port, 2);
	const site = (await ask("/sites", { name: "Shop", origins: [ORIGIN] })) as Site;
	const begun = Date.now();
	const sessionAt = (position: number) => createSampleSession(begun - 60_000 + position * 61);
	const finished = Array.from({ length: FINISHED }, (_, position) => sessionAt(position));
	for (const session of finished) await send(site, createChunks(session, below));
	await waitFor(
		async () => {
			const files = await readdir(join(objects, "r"), { recursive: true }).catch(() => []);
			return files.filter((name) => name.endsWith(".rec")).length >= FINISHED;
		},
		{ what: "all sessions to be finished", timeoutMs: 120_000 },
	);
	await settle(join(objects, "b", site.id), site);
	// Nothing is left to be finished: the recordings have to do without their packs.
	await snag.stop();
	await rm(join(objects, "p"), { recursive: true });

	snag = await start(data, port, 7200);
	const live = Array.from({ length: LIVE }, (_, position) => sessionAt(FINISHED + position));
	for (const session of live) await send(site, createChunks(session, below));
	await waitFor(async () => (await countSessions(site)) === FINISHED + LIVE, {
		what: "all sessions to be counted",
		timeoutMs: 60_000,
	});
	await erase(site, [
		...finished.slice(0, ERASED).map(({ visitor }) => ({ visitor })),
		...live.slice(0, ERASED).map(({ session }) => ({ session })),
	]);
	const kept = FINISHED + LIVE - 2 * ERASED;
	const frozen = await readdir(join(objects, "b", site.id));
	expect(frozen.length).toBeGreaterThan(0);
	const answers = await hashAnswers(ask, site.id);
	const hesitations = [...answers.answers.values()].filter((answer) =>
		/"baselines":"20/.test(answer),
	);
	expect(hesitations.length).toBeGreaterThan(0);
	expect(answers.sessions).toHaveLength(kept);
	await snag.stop();

	await rm(join(data, "index"), { recursive: true });
	expect(await reindex(data, port, { killAfterMs: 0 })).toBe("");
	expect(await reindex(data, port)).toMatch(/\d+ objects with \d+ chunks were counted/);

	snag = await start(data, port, 7200);
	made = { data, port, site, answers };
	await expectSameAnswers(made);
	console.log(`${kept} sessions, ${answers.answers.size} answers`, answers.hashes);
}, 900_000);

test.each<[by: string, goOn: () => Promise<unknown>]>([
	["by the same command again", () => reindex(made.data, made.port)],
	["by a server that starts", () => Promise.resolve()],
])(
	"an index that is made afresh and killed anywhere is filled %s",
	async (by, goOn) => {
		const { data, port, site, answers } = made;
		const { next } = createSeededRandom(`reindex --fresh, filled ${by}`);
		await snag?.stop();
		const begunAt = performance.now();
		await reindex(data, port, { isFresh: true });
		const wholeMs = performance.now() - begunAt;
		let killed = 0;
		// At once for the last time, so that there is something to go on with.
		for (const share of [...Array.from({ length: KILLS }, next), 0]) {
			const killAfterMs = (share * wholeMs) / 2;
			if ((await reindex(data, port, { isFresh: true, killAfterMs })) === "") killed++;
			else expect(share).toBeGreaterThan(0);
		}
		console.log(`killed ${killed} times within ${Math.round(wholeMs)} ms`);
		await goOn();
		snag = await start(data, port, 7200);
		const areCounted = async () => (await countSessions(site)) === answers.sessions.length;
		await waitFor(areCounted, { what: "all sessions to be counted again", timeoutMs: MINUTE });
		const isSame = async () =>
			findDifferences(answers, await hashAnswers(ask, site.id)).length === 0;
		// Rows come in one piece after the other.
		await waitFor(isSame, { what: "the answers of before", timeoutMs: 3 * MINUTE }).catch(() => {});
		await expectSameAnswers(made);
	},
	10 * MINUTE,
);
