// Starts everything a Snag server is made of, in order, and ends it in the opposite order.
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { createUuidV7 } from "../protocol/ids.ts";
import { createApp } from "./app.ts";
import { createAccess } from "./auth/access.ts";
import type { Config } from "./config.ts";
import { createLeases } from "./control/leases.ts";
import type { Sites } from "./control/sites.ts";
import { createHealthCheck } from "./health.ts";
import { createPackRows } from "./index/rows.ts";
import { createArrivals } from "./ingest/arrivals.ts";
import { createBudgets } from "./ingest/budgets.ts";
import { createLinger } from "./ingest/linger.ts";
import { createMemory } from "./ingest/memory.ts";
import { createPacker, type StoredPack } from "./ingest/packer.ts";
import type { ReceivedEntry } from "./ingest/receive.ts";
import { createSessionRegistry } from "./ingest/session-registry.ts";
import { describeListenError } from "./listen.ts";
import { openParts } from "./parts.ts";
import { createQueue } from "./queue.ts";
import { createChunkPlaces } from "./recordings/chunk-places.ts";
import { createFinisher } from "./recordings/finisher.ts";
import { createOpenRecordings } from "./recordings/open-recordings.ts";
import { formatChunkPart } from "./recordings/part-name.ts";

const IN_FLIGHT_BYTES = 64 * 1024 * 1024;
/** What a fact takes while it waits, alone and as a row: 400 bytes of upload may carry 10,000 of them. */
const FACT_BYTES = 500;
/** Sessions whose events are read at once: each may take half a gigabyte. */
const READERS = 2;
/** Recorders wait for thirty seconds. */
const ACKNOWLEDGE_MS = 20_000;
/** A disk acknowledges at once; on S3 a wait for company keeps the number of requests low. */
const WRITING = {
	disk: { linger: undefined, maxWrites: 2 },
	s3: { linger: { busyMs: 100, idleMs: 2000 }, maxWrites: 4 },
} as const;

export interface Server {
	/** Where it is reached, e.g. `http://localhost:4000`. */
	url: string;
	/** Token of the printed sign-in link. */
	token: string;
	sites: Sites;
	/** Told once the demo shop is up. */
	setShopUrl(url: string): void;
	/** Resolves when the index is up to date; rejects with a StartError where it never can be. */
	indexReady: Promise<void>;
	/** Process of the embedded index, undefined while there is none. */
	indexPid(): number | undefined;
	/** Process that finishes sessions, undefined while none are due. */
	finisherPid(): number | undefined;
	close(): Promise<void>;
}

export interface ServeOptions {
	config: Config;
	/** Folder of the build; the place of the running bundle by default. */
	distFolder?: string;
	log: (line: string) => void;
}

/** @throws StartError */
export async function serve({ config, log, ...options }: ServeOptions): Promise<Server> {
	const distFolder = options.distFolder ?? fileURLToPath(new URL(".", import.meta.url));
	const now = Date.now;
	const parts = await openParts({ config, distFolder, now, log });
	const { control, token, tokenHashes, node, sites, store, tombstones, service, lifecycle } = parts;
	const { index, feeder } = service;
	const memory = createMemory(IN_FLIGHT_BYTES);
	const { linger, maxWrites } = WRITING[config.storage.kind];
	const packer = createPacker<ReceivedEntry>({
		...{ store, node, now, maxWrites, memory },
		linger: linger && createLinger(linger),
		deadlineMs: ACKNOWLEDGE_MS,
		createId: (at) => createUuidV7(at, randomBytes(10)),
		weigh: ({ chunk, facts }) => chunk.length + facts.length * FACT_BYTES,
		onStored: (pack) => {
			if (!feeder.add(toWaiting(pack))) service.repairSoon();
		},
	});

	let shopUrl = "";
	const app = await createApp({
		...{ sites, store, index, feeder, packer, memory, now, distFolder, log },
		access: createAccess({ control, now, tokenHashes }),
		arrivals: createArrivals(),
		registry: createSessionRegistry(),
		budgets: createBudgets({
			...{ limits: config.budgets, now, salt: randomBytes(16).toString("hex") },
			onRefused: () => {},
		}),
		health: createHealthCheck({ store, index, feeder, now }),
		findSite: (key) => sites.findByKey(key),
		isErased: tombstones.isErased,
		lifecycle,
		reading: createQueue(READERS),
		chunkPlaces: createChunkPlaces(formatChunkPart),
		recordings: createOpenRecordings({ store, index }),
		shopUrl: () => shopUrl,
		idleMs: config.idleMs,
		logLevel: config.logLevel,
		trustProxy: config.trustProxy,
		isSecure: config.url?.startsWith("https:") ?? false,
	});
	let isIndexed = false;
	const finisher = createFinisher({
		...{ config, store, index, feeder, distFolder, now, log },
		// Nothing of a lease is worth a snapshot of the control data.
		leases: createLeases({
			control: control.withoutPlugins(),
			holder: randomBytes(8).toString("hex"),
			now,
		}),
		isErased: tombstones.isErased,
		isIndexed: () => isIndexed && !service.isFilling(),
	});
	const markIndexed = () => {
		isIndexed = true;
	};
	service.ready.then(markIndexed, () => {});
	const close = async (): Promise<void> => {
		await app.close();
		await finisher.stop();
		await packer.drain();
		await parts.close();
	};
	const port = await listen(app, config).catch(async (error: unknown) => {
		await close();
		throw describeListenError(error, "PORT", config.port);
	});
	service.start();
	finisher.start();
	lifecycle.start();
	return {
		url: config.url ?? `http://localhost:${port}`,
		token,
		sites,
		setShopUrl: (url) => {
			shopUrl = url;
		},
		indexReady: service.ready,
		indexPid: service.pid,
		finisherPid: finisher.pid,
		close,
	};
}

/** @returns the port, which the system chose where 0 was asked for */
async function listen(app: FastifyInstance, { host, port }: Config): Promise<number> {
	await app.listen({ host, port });
	const address = app.server.address();
	return typeof address === "object" && address !== null ? address.port : port;
}

function toWaiting(pack: StoredPack<ReceivedEntry>) {
	const entries = pack.entries.map(({ head, envelope, facts }, position) => ({
		...{ head, envelope, facts },
		place: pack.places[position] ?? { offset: 0, length: 0 },
	}));
	const receivedAt = Math.min(...entries.map(({ head }) => head.receivedAt));
	return { key: pack.key, rows: createPackRows(pack, entries), receivedAt };
}
