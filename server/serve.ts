// Starts everything a Snag server is made of, in order, and ends it in the opposite order.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createUuidV7 } from "../protocol/ids.ts";
import { createApp } from "./app.ts";
import { createAccess } from "./auth/access.ts";
import type { Config } from "./config.ts";
import { openControlDatabase } from "./control/database.ts";
import { readSetting } from "./control/settings.ts";
import { createSites, type Sites } from "./control/sites.ts";
import { StartError, StoreError } from "./errors.ts";
import { createHealthCheck } from "./health.ts";
import { createIndex } from "./index/client.ts";
import { createFeeder } from "./index/feeder.ts";
import { createRepair } from "./index/repair.ts";
import { createPackRows } from "./index/rows.ts";
import { createSupervisor } from "./index/supervisor.ts";
import { createArrivals } from "./ingest/arrivals.ts";
import { createPacker, type StoredPack } from "./ingest/packer.ts";
import type { ReceivedEntry } from "./ingest/receive.ts";
import { createSessionRegistry } from "./ingest/session-registry.ts";
import { createStore } from "./store/create-store.ts";

const IN_FLIGHT_BYTES = 64 * 1024 * 1024;
const S3_LINGER_MS = 100;
const REPAIR_MS = 10 * 60 * 1000;
const REPAIR_RETRY_MS = 1000;
const DRAIN_MS = 2000;

export interface Server {
	/** Where it listens, e.g. `http://localhost:4000`. */
	url: string;
	/** Token of the printed sign-in link. */
	token: string;
	sites: Sites;
	/** Told once the demo shop is up. */
	setShopUrl(url: string): void;
	/** Resolves when the index answers; rejects with a StartError where it never can. */
	indexReady: Promise<void>;
	/** Process of the embedded index, undefined while there is none. */
	indexPid(): number | undefined;
	close(): Promise<void>;
}

export interface ServeOptions {
	config: Config;
	/** Folder of the build; the place of the running bundle by default. */
	distFolder?: string;
	log: (line: string) => void;
}

/** @throws StartError */
export async function serve({ config, log, distFolder }: ServeOptions): Promise<Server> {
	const dist = distFolder ?? fileURLToPath(new URL(".", import.meta.url));
	const now = Date.now;
	const control = await openControlDatabase(config.dataFolder);
	const token = await readSetting(control, "admin_token", () => randomBytes(24).toString("hex"));
	const node = await readSetting(control, "node", () => randomBytes(4).toString("hex"));
	const sites = createSites(control, now);
	const access = createAccess({
		control,
		now,
		tokens: [token, ...(config.adminToken === undefined ? [] : [config.adminToken])],
	});

	const store = createStore(config.storage);
	await store.probe().catch((error: unknown) => {
		if (!(error instanceof StoreError)) throw error;
		log(
			`the store ${store.name} does not answer yet (${error.message}); uploads wait in the browsers`,
		);
	});

	const supervisor =
		config.clickhouseUrl === undefined
			? createSupervisor({
					childPath: join(dist, "index-child.js"),
					folder: join(config.dataFolder, "index"),
					log,
				})
			: undefined;
	const index = createIndex({
		url: config.clickhouseUrl ?? "http://localhost",
		...(supervisor === undefined ? {} : { agent: supervisor.agent }),
		log,
	});
	const feeder = createFeeder({ index, now, log });
	const repair = createRepair({ store, index, feeder, now, log });
	const repairs = createRepairs(async () => {
		await supervisor?.firstReady;
		await index.migrate();
		return repair();
	}, log);

	const packer = createPacker<ReceivedEntry>({
		store,
		node,
		now,
		createId: (at) => createUuidV7(at, randomBytes(10)),
		lingerMs: config.storage.kind === "s3" ? S3_LINGER_MS : 0,
		maxWrites: config.storage.kind === "s3" ? 4 : 2,
		maxBytes: IN_FLIGHT_BYTES,
		onStored: (pack) => {
			if (!feeder.add(toWaiting(pack, now()))) repairs.soon();
		},
	});

	let shopUrl = "";
	const arrivals = createArrivals();
	const health = createHealthCheck({ store, index, feeder, now });
	const app = await createApp({
		...{ access, sites, store, index, feeder, arrivals, packer, now, health },
		registry: createSessionRegistry(),
		findSite: (key) => sites.findByKey(key),
		shopUrl: () => shopUrl,
		idleMs: config.idleMs,
		distFolder: dist,
		logLevel: config.logLevel,
		trustProxy: config.trustProxy,
		isSecure: config.url?.startsWith("https:") ?? false,
	});

	const close = async (): Promise<void> => {
		repairs.stop();
		await app.close();
		await packer.drain();
		await feeder.drain(DRAIN_MS);
		feeder.stop();
		await index.close();
		await supervisor?.stop();
		store.close();
		await control.destroy();
	};
	try {
		await app.listen({ host: config.host, port: config.port });
	} catch (error) {
		await close();
		throw describeListenError(error, "PORT", config.port);
	}
	supervisor?.start();
	repairs.start();
	const address = app.server.address();
	const port = typeof address === "object" && address !== null ? address.port : config.port;
	return {
		url: config.url ?? `http://localhost:${port}`,
		token,
		sites,
		setShopUrl: (url) => {
			shopUrl = url;
		},
		indexReady: repairs.first,
		indexPid: () => supervisor?.pid(),
		close,
	};
}

/** What a program that already has the port means for the person at the keyboard. */
export function describeListenError(error: unknown, variable: string, port: number): unknown {
	const code = error instanceof Error && "code" in error ? error.code : "";
	if (code === "EADDRINUSE") {
		return new StartError(
			`Port ${port} is in use: stop the program that has it or set ${variable}`,
		);
	}
	if (code === "EACCES") return new StartError(`Port ${port} is not allowed here: set ${variable}`);
	if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
		return new StartError("HOST is no address of this machine: set HOST to 127.0.0.1 or 0.0.0.0");
	}
	return error;
}

function toWaiting(pack: StoredPack<ReceivedEntry>, now: number) {
	const entries = pack.entries.map((entry, position) => ({
		head: entry.head,
		envelope: entry.envelope,
		facts: entry.facts,
		place: pack.places[position] ?? { offset: 0, length: 0 },
	}));
	return {
		key: pack.key,
		rows: createPackRows(pack, entries),
		receivedAt: entries[0]?.head.receivedAt ?? now,
	};
}

/** Repairs at once, again soon after a failure or on demand, and every ten minutes. */
function createRepairs(repair: () => Promise<number>, log: (line: string) => void) {
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	let settle = { done: () => {}, fail: (_: unknown) => {} };
	const first = new Promise<void>((done, fail) => {
		settle = { done, fail };
	});
	const schedule = (ms: number): void => {
		clearTimeout(timer);
		if (!isStopped) timer = setTimeout(run, ms);
	};
	const run = (): void => {
		repair().then(
			() => {
				settle.done();
				schedule(REPAIR_MS);
			},
			(error: unknown) => {
				if (error instanceof StartError) settle.fail(error);
				else log(`the index cannot be brought up to date yet: ${String(error)}`);
				schedule(REPAIR_RETRY_MS);
			},
		);
	};
	return {
		first,
		start: run,
		soon: () => schedule(REPAIR_RETRY_MS),
		stop: () => {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}
