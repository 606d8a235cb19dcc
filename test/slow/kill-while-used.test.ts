// The first promise: an acknowledged chunk is never lost and never seen twice. The server is killed in
// the middle of uploads and queries; recorders keep what was not acknowledged and send it again.
// `kill.test.ts` holds hundreds of kills more.
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ReplayEvent, Site } from "../../protocol/api.ts";
import { createRetryingRecorder, readNumbers } from "../server/retrying-recorder.ts";
import { ORIGIN } from "../server/start-server.ts";
import { findFreePort } from "../support/free-port.ts";
import { createSeededRandom } from "../support/seed.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const KILLS = 3;
const RECORDERS = 32;
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
	startSnag({
		entry: "dist/server.js",
		dataFolder: folder.path,
		// These recorders send more often than any page does.
		env: { PORT: port, SNAG_BUDGET_SESSION_REQUESTS: "0" },
	});
const api = (path: string, init: RequestInit = {}) =>
	fetch(`${snag.url}/api/v1${path}`, {
		...init,
		headers: { authorization: `Bearer ${snag.token}`, "content-type": "application/json" },
	});

test("kills with uploads and queries in flight lose no acknowledged chunk and show none twice", async () => {
	const site = (await (
		await api("/sites", {
			method: "POST",
			body: JSON.stringify({ name: "Shop", origins: [ORIGIN] }),
		})
	).json()) as Site;
	const random = createSeededRandom("kills with queries");
	const recorders = Array.from({ length: RECORDERS }, () =>
		createRetryingRecorder({
			endpoint: () => `${snag.url}/i/${site.key}`,
			random: random.next,
			pageChange: 0.02,
		}),
	);
	const inFlight = () => recorders.filter((recorder) => recorder.isSending()).length;
	const acknowledged = () => recorders.reduce((sum, { acknowledged: { size } }) => sum + size, 0);

	for (let kill = 0; kill < KILLS; kill++) {
		const goal = acknowledged() + MIN_ACKNOWLEDGED / KILLS;
		await waitFor(() => acknowledged() >= goal, { what: "acknowledged chunks", timeoutMs: 30_000 });
		const queries = startQueries(site.id);
		await waitFor(() => inFlight() >= MIN_IN_FLIGHT, { what: "uploads in flight" });
		// From here to the kill nothing else can run, so what is asserted is what was killed.
		process.kill(snag.pid, "SIGKILL");
		expect(inFlight()).toBeGreaterThanOrEqual(MIN_IN_FLIGHT);
		expect(queries.running()).toBeGreaterThan(0);
		await snag.exited;
		snag = await start();
	}
	for (const recorder of recorders) await recorder.finish();

	expect(acknowledged()).toBeGreaterThanOrEqual(MIN_ACKNOWLEDGED);
	expect(recorders.flatMap(({ refused }) => refused)).toEqual([]);
	for (const { session, made } of recorders) {
		const path = `/sites/${site.id}/sessions/${session.session}/events`;
		let found: number[] = [];
		await waitFor(
			async () => {
				const answer = await api(path);
				if (answer.ok) found = readNumbers((await answer.json()) as ReplayEvent[]);
				return found.length >= made();
			},
			{ what: `${made()} chunks of one session`, timeoutMs: 90_000 },
		);
		expect(found).toEqual(Array.from({ length: made() }, (_, number) => number));
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
