// Starts everything a Snag server is made of, in order, and ends it in the opposite order.
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { FastifyInstance } from "fastify";
import { createApp } from "./app.ts";
import { createAssetShelf } from "./assets/asset-shelf.ts";
import { createFetchAssets } from "./assets/fetch-assets.ts";
import { fetchPublic } from "./assets/fetch-public.ts";
import { createAccess } from "./auth/access.ts";
import type { Config } from "./config.ts";
import { createLeases } from "./control/leases.ts";
import type { PageRuleBook } from "./control/page-rules.ts";
import type { Sites } from "./control/sites.ts";
import { createHealthCheck } from "./health.ts";
import { createHeatFiller } from "./index/heat-filler.ts";
import { createIngest } from "./ingest/create-ingest.ts";
import { describeListenError } from "./listen.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import { openParts } from "./parts.ts";
import { createEpisodes } from "./queries/episodes.ts";
import { createPageSets } from "./queries/page-set.ts";
import { createPageUnions } from "./queries/page-unions.ts";
import { createViewportGroups } from "./queries/viewport-groups.ts";
import { createQueue } from "./queue.ts";
import { createChunkPlaces } from "./recordings/chunk-places.ts";
import { createFinisher, type Finisher, type FinisherStatus } from "./recordings/finisher.ts";
import { createOpenRecordings } from "./recordings/open-recordings.ts";
import { createPackCollector } from "./recordings/pack-collector.ts";
import { formatChunkPart } from "./recordings/part-name.ts";

/** Sessions whose events are read at once: each may take half a gigabyte. */
const READERS = 2;
export interface Server {
	/** Where it is reached, e.g. `http://localhost:4000`. */
	url: string;
	/** Token of the printed sign-in link. */
	token: string;
	sites: Sites;
	pageRules: PageRuleBook;
	/** Told once the demo shop is up. */
	setShopUrl(url: string): void;
	/** Resolves when the index answers; rejects with a StartError where it never can. */
	engineReady: Promise<void>;
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
	/** To be asked something once: nothing is finished, swept or deleted meanwhile. */
	onlyAnswers?: boolean;
}

/** @throws StartError */
export async function serve({ config, log, ...options }: ServeOptions): Promise<Server> {
	const distFolder = options.distFolder ?? fileURLToPath(new URL(".", import.meta.url));
	const now = Date.now;
	const parts = await openParts({ config, distFolder, now, log });
	const {
		control,
		token,
		tokenHashes,
		node,
		sites,
		pageRules,
		tombstones,
		service,
		lifecycle,
		baselineShelf,
	} = parts;
	const { index, feeder } = service;
	const metrics = createMetrics();
	const ingest = createIngest({
		...{ config, node, feeder, metrics, now, log, store: parts.store },
		repairSoon: service.repairSoon,
	});
	const { store } = ingest;
	await ingest.recover();

	const shelf = createAssetShelf({ control: control.withoutPlugins(), store, now });
	const fetchAsset = createFetchAssets({ ...ingest, shelf, fetchFile: fetchPublic, now });

	let shopUrl = "";
	const app = await createApp({
		...{ ...ingest, sites, index, feeder, metrics, now, distFolder, log, shelf },
		fetchAsset: config.fetchesAssets ? fetchAsset : async () => undefined,
		access: createAccess({ control, now, tokenHashes }),
		health: createHealthCheck({ store, index, feeder, now }),
		findSite: (key) => sites.findByKey(key),
		isErased: tombstones.isErased,
		lifecycle,
		viewerUrl: config.url,
		reading: createQueue(READERS),
		chunkPlaces: createChunkPlaces(formatChunkPart),
		recordings: createOpenRecordings({ store, index }),
		pageRules,
		pageSets: createPageSets({ index, pageRules, now }),
		viewportGroups: createViewportGroups({ index, shelf, now }),
		pageUnions: createPageUnions({ index, now }),
		baselineShelf,
		episodes: createEpisodes({ index, baselineShelf }),
		shopUrl: () => shopUrl,
		idleMs: config.idleMs,
		logLevel: config.logLevel,
		trustProxy: config.trustProxy,
		isSecure: config.url?.startsWith("https:") ?? false,
	});
	let isIndexed = false;
	const finishing = {
		...{ config, store, index, feeder, distFolder, now, log },
		// Nothing of a lease is worth a snapshot of the control data.
		leases: createLeases({
			control: control.withoutPlugins(),
			holder: randomBytes(8).toString("hex"),
			now,
		}),
		isErased: tombstones.isErased,
		isIndexed: () => isIndexed && !service.isFilling(),
	};
	const finisher = createFinisher(finishing);
	const collector = createPackCollector(finishing);
	const heatFiller = createHeatFiller({ ...finishing, baselineShelf });
	watchFinisher(metrics, finisher);
	const markIndexed = () => {
		isIndexed = true;
	};
	service.ready.then(markIndexed, () => {});
	const close = async (): Promise<void> => {
		await app.close();
		await finisher.stop();
		await collector.stop();
		await heatFiller.stop();
		await ingest.close();
		await parts.close();
	};
	const port = await listen(app, config).catch(async (error: unknown) => {
		await close();
		throw describeListenError(error, "PORT", config.port);
	});
	service.start();
	if (options.onlyAnswers !== true) {
		finisher.start();
		collector.start();
		heatFiller.start();
		lifecycle.start();
	}
	return {
		url: config.url ?? `http://localhost:${port}`,
		token,
		...{ sites, pageRules },
		setShopUrl: (url) => {
			shopUrl = url;
		},
		engineReady: service.engineReady,
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

function watchFinisher(metrics: Metrics, { status }: Finisher): void {
	const gauge = (name: string, help: string, figure: keyof FinisherStatus): void =>
		metrics.gauge(name, help, () => status()[figure]);
	gauge("snag_finished_sessions", "Sessions finished since the start.", "finished");
	gauge("snag_quarantined_chunks", "Chunks put aside since the start.", "quarantined");
	gauge("snag_unfinishable_sessions", "Sessions that cannot be finished.", "givenUp");
}
