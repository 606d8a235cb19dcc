// The built server as a process that is killed and started again on the same folder and port. Its site
// is made before the first start, so that nothing has to be asked of it.
import { cp, readFile } from "node:fs/promises";
import { openControlDatabase } from "../../server/control/database.ts";
import { createSites } from "../../server/control/sites.ts";
import { ORIGIN } from "../server/start-server.ts";
import { findFreePort } from "../support/free-port.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { createTempFolder } from "../support/temp-folder.ts";

/** Nobody listens there: rows wait, and a start takes less than a second. */
export const NO_INDEX = { SNAG_CLICKHOUSE_URL: "http://127.0.0.1:1" };
/** Recorders here send more often than any page does. */
const NO_BUDGET = { SNAG_BUDGET_SESSION_REQUESTS: "0", SNAG_BUDGET_BYTES_PER_DAY: "0" };
/** Linux counts in hundredths of a second. */
const TICK_MS = 10;
const TOKEN = "a-token-for-the-slow-tests";
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };

export interface KillableServer {
	url: string;
	dataFolder: string;
	siteId: string;
	siteKey: string;
	/** Where chunks go. */
	endpoint: string;
	/** Starts the process; resolves once it is spawned, before it listens. */
	start(more?: Record<string, string>): Promise<void>;
	process(): SnagProcess;
	/** Did the process end by itself? */
	hasEnded(): boolean;
	/** SIGKILL; resolves when the process is gone. */
	kill(): Promise<void>;
	/** GET of the read API, signed in. */
	get(path: string): Promise<Response>;
	/** POST to the API, signed in. */
	post(path: string, body: object): Promise<Response>;
	/** Resident bytes of the process now, 0 where there is none. */
	residentBytes(): Promise<number>;
	/** Kills the process and removes its folder. */
	remove(): Promise<void>;
}

/** @param like a server that was not started yet and whose site the new one has too */
export async function createKillableServer(
	env: Record<string, string> = {},
	like?: KillableServer,
): Promise<KillableServer> {
	const folder = await createTempFolder("killable");
	const port = String(await findFreePort());
	const url = `http://127.0.0.1:${port}`;
	if (like !== undefined) await cp(like.dataFolder, folder.path, { recursive: true });
	const control = await openControlDatabase(folder.path);
	const sites = createSites(control, Date.now);
	const [copied] = await sites.list();
	const site = copied ?? (await sites.create({ name: "Shop", origins: [ORIGIN] }));
	await control.destroy();
	let running: SnagProcess | undefined;
	let ended: SnagProcess | undefined;
	const current = (): SnagProcess => {
		if (running === undefined) throw new Error("the server was not started");
		return running;
	};
	const kill = async (): Promise<void> => {
		await running?.kill();
		running = undefined;
	};
	return {
		url,
		dataFolder: folder.path,
		siteId: String(site.id),
		siteKey: site.key,
		endpoint: `${url}/i/${site.key}`,
		async start(more = {}) {
			running = await startSnag({
				entry: "dist/server.js",
				dataFolder: folder.path,
				env: { PORT: port, SNAG_ADMIN_TOKEN: TOKEN, ...NO_BUDGET, ...env, ...more },
				waitUntilReady: false,
			});
			const started = running;
			void started.exited.then(() => {
				ended = started;
			});
		},
		process: current,
		hasEnded: () => running !== undefined && ended === running,
		kill,
		get: (path) => fetch(`${url}/api/v1${path}`, { headers: AUTHORIZATION }),
		post: (path, body) =>
			fetch(`${url}/api/v1${path}`, {
				method: "POST",
				headers: { ...AUTHORIZATION, "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
		residentBytes: async () => (running === undefined ? 0 : readResidentBytes(running.pid)),
		async remove() {
			await kill();
			await folder.remove();
		},
	};
}

/** What a process holds in memory, in bytes; 0 where it is gone or the system does not tell. */
export async function readResidentBytes(pid: number): Promise<number> {
	const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
	return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}

/** Time that a process has spent on a processor so far, whatever else the machine does. */
export async function readCpuMs(pid: number): Promise<number> {
	const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	// The name of the command, in brackets, may hold spaces.
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
