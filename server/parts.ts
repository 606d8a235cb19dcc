// What the server and the commands both stand on: control data, store, tombstones, index. Opening it
// restores what a lost disk took.
import { randomBytes } from "node:crypto";
import { createUuidV7 } from "../protocol/ids.ts";
import { type BaselineShelf, createBaselineShelf } from "./baselines/shelf.ts";
import type { Config } from "./config.ts";
import { type ControlDatabase, openControlDatabase } from "./control/database.ts";
import { createPageRuleBook, type PageRuleBook } from "./control/page-rules.ts";
import { readSetting } from "./control/settings.ts";
import { createSites, type Sites } from "./control/sites.ts";
import { watchWrites } from "./control/watch-writes.ts";
import { StoreError } from "./errors.ts";
import { createIndexService, type IndexService } from "./index/index-service.ts";
import {
	createControlSnapshots,
	hashToken,
	readKnownTokens,
	restoreControl,
} from "./lifecycle/control-snapshot.ts";
import { createLifecycle, type Lifecycle } from "./lifecycle/lifecycle.ts";
import { createTombstones, type Tombstones } from "./lifecycle/tombstones.ts";
import { createStore } from "./store/create-store.ts";
import { sayTrouble } from "./store/say-trouble.ts";
import type { Store } from "./store/store.ts";

export interface Parts {
	control: ControlDatabase;
	/** Token of the printed sign-in link. */
	token: string;
	/** Hashes of all tokens with every right. */
	tokenHashes: readonly string[];
	/** Short name of this server, part of the keys it writes. */
	node: string;
	sites: Sites;
	pageRules: PageRuleBook;
	store: Store;
	tombstones: Tombstones;
	baselineShelf: BaselineShelf;
	service: IndexService;
	lifecycle: Lifecycle;
	close(): Promise<void>;
}

export interface PartsOptions {
	config: Config;
	distFolder: string;
	now: () => number;
	log: (line: string) => void;
}

/** @throws StartError */
export async function openParts({ config, distFolder, now, log }: PartsOptions): Promise<Parts> {
	const opened = await openControlDatabase(config.dataFolder);
	const store = sayTrouble(createStore(config.storage), now, log);
	try {
		await probeStore(store, log);
		await restoreControl(opened, store, log);
		const token = await readSetting(opened, "admin_token", () => randomBytes(24).toString("hex"));
		const node = await readSetting(opened, "node", () => randomBytes(4).toString("hex"));
		const keptHashes = [...(await readKnownTokens(opened)), hashToken(token)];
		const snapshots = createControlSnapshots({
			...{ control: opened, store, node, now, log },
			tokenHashes: keptHashes,
		});
		const control = opened.withPlugin(watchWrites(() => snapshots.changed()));
		const createId = (at: number) => createUuidV7(at, randomBytes(10));
		const tombstones = createTombstones({ control, store, createId, now });
		await loadTombstones(tombstones, log);
		const { isErased } = tombstones;
		const service = createIndexService({ config, store, distFolder, isErased, now, log });
		const baselineShelf = createBaselineShelf({ store, now });
		const lifecycle = createLifecycle({
			baselineShelf,
			...{ config, control, store, service, tombstones, node, now, log },
		});
		snapshots.changed();
		return {
			...{ control, token, node, store, tombstones, service, lifecycle, baselineShelf },
			sites: createSites(control, now),
			pageRules: createPageRuleBook(control, now),
			tokenHashes: [
				...keptHashes,
				...(config.adminToken === undefined ? [] : [hashToken(config.adminToken)]),
			],
			async close() {
				lifecycle.close();
				await service.close();
				await snapshots.close();
				store.close();
				await control.destroy();
			},
		};
	} catch (error) {
		store.close();
		await opened.destroy();
		throw error;
	}
}

/** A store that is only out of reach does not keep the server from starting: recorders wait. */
async function probeStore(store: Store, log: (line: string) => void): Promise<void> {
	try {
		await store.probe();
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		log(
			`the store ${store.name} does not answer (${error.message}); recorders keep what they have`,
		);
	}
}

/** What this server erased stands in its control data; only what another did may be missing for now. */
async function loadTombstones(tombstones: Tombstones, log: (line: string) => void): Promise<void> {
	try {
		await tombstones.load();
	} catch (error) {
		if (!(error instanceof StoreError)) throw error;
		log("tombstones in the store cannot be read yet; those in the control data are in force");
	}
}
