// The first promise: an acknowledged chunk is never lost and never seen twice. The server is killed ten
// times in the middle of uploads and queries; recorders keep what was not acknowledged and send it again.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReplayEvent, Site } from "../../protocol/api.ts";
import {
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
	type SampleSession,
} from "../server/sample-chunk.ts";
import { ORIGIN } from "../server/start-server.ts";
import { findFreePort } from "../support/free-port.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const KILLS = 10;
const KILLS_WITH_QUERY = 3;
const WORKERS = 32;
const MIN_IN_FLIGHT = 20;
const MIN_ACKNOWLEDGED = 200;

let folder: TempFolder;
let port: string;
let snag: SnagProcess;
beforeAll(async () => {
	folder = await createTempFolder("kill");
	port = String(await findFreePort());
	snag = await start();
});
afterAll(async () => {
	await snag.stop();
	await folder.remove();
});

const start = () =>
	startSnag({ entry: "dist/server.js", dataFolder: folder.path, env: { PORT: port } });
const api = (path: string, init: RequestInit = {}) =>
	fetch(`${snag.url}/api/v1${path}`, {
		...init,
		headers: { authorization: `Bearer ${snag.token}`, "content-type": "application/json" },
	});

test("ten kills with uploads in flight lose no acknowledged chunk and show none twice", async () => {
	const site = (await (
		await api("/sites", {
			method: "POST",
			body: JSON.stringify({ name: "Shop", origins: [ORIGIN] }),
		})
	).json()) as Site;
	const recorders = Array.from({ length: WORKERS }, () =>
		createRecorder(`${snag.url}/i/${site.key}`),
	);
	const inFlight = () => recorders.filter((recorder) => recorder.isSending()).length;
	const acknowledged = () => recorders.reduce((sum, recorder) => sum + recorder.acknowledged(), 0);

	for (let kill = 0; kill < KILLS; kill++) {
		const goal = acknowledged() + MIN_ACKNOWLEDGED / KILLS;
		await waitFor(() => acknowledged() >= goal, { what: "acknowledged chunks", timeoutMs: 30_000 });
		const queries = kill < KILLS_WITH_QUERY ? startQueries(site.id) : undefined;
		await waitFor(() => inFlight() >= MIN_IN_FLIGHT, { what: "uploads in flight" });
		// From here to the kill nothing else can run, so what is asserted is what was killed.
		process.kill(snag.pid, "SIGKILL");
		expect(inFlight()).toBeGreaterThanOrEqual(MIN_IN_FLIGHT);
		if (queries !== undefined) expect(queries.running()).toBeGreaterThan(0);
		await snag.exited;
		snag = await start();
	}
	for (const recorder of recorders) recorder.stop();
	await waitFor(() => inFlight() === 0, { what: "the last uploads" });

	expect(acknowledged()).toBeGreaterThanOrEqual(MIN_ACKNOWLEDGED);
	for (const { session, acknowledged: count } of recorders) {
		const wanted = Array.from({ length: count() }, (_, number) => number);
		let found: number[] = [];
		await waitFor(
			async () => {
				const answer = await api(`/sites/${site.id}/sessions/${session.session}/events`);
				if (!answer.ok) return false;
				found = ((await answer.json()) as ReplayEvent[])
					.filter(({ type }) => type === 5)
					.map(({ data }) => (data as { payload: number }).payload);
				return found.length >= wanted.length;
			},
			{ what: `${wanted.length} chunks of one session`, timeoutMs: 30_000 },
		);
		expect(found).toEqual(wanted);
	}
	console.log(`${acknowledged()} acknowledged chunks read back after ${KILLS} kills`);
}, 300_000);

/** Queries that are sent and not answered; a killed server ends them. */
function startQueries(siteId: string): { running: () => number } {
	let running = 0;
	for (const path of ["sessions", "pages", "heatmap?page=/products", "sessions?limit=200"]) {
		running++;
		api(`/sites/${siteId}/${path}`)
			.then((answer) => answer.text())
			.catch(() => {})
			.finally(() => running--);
	}
	return { running: () => running };
}

/** Sends one chunk after another; what was not acknowledged is sent again, byte by byte the same. */
function createRecorder(url: string): {
	session: SampleSession;
	acknowledged: () => number;
	isSending: () => boolean;
	stop: () => void;
} {
	const session = createSampleSession();
	let sequence = 0;
	let isSending = false;
	let isStopped = false;
	const run = async (): Promise<void> => {
		while (!isStopped) {
			const note = { tag: "chunk", payload: sequence };
			const event = { type: 5, timestamp: session.startedAt + 10 + sequence, data: note };
			const events = sequence === 0 ? [...createSampleSnapshot(session), event] : [event];
			const body = createSampleChunk(session, { sequence, events }) as Uint8Array<ArrayBuffer>;
			if (await send(body)) sequence++;
		}
	};
	const send = async (body: Uint8Array<ArrayBuffer>): Promise<boolean> => {
		isSending = true;
		try {
			const headers = { origin: ORIGIN, "content-type": "text/plain" };
			return (await fetch(url, { method: "POST", body, headers })).status === 204;
		} catch {
			return false;
		} finally {
			isSending = false;
		}
	};
	void run();
	return {
		session,
		acknowledged: () => sequence,
		isSending: () => isSending,
		stop: () => {
			isStopped = true;
		},
	};
}
