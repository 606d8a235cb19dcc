// Is everything there? Ingest needs the store only; without the index the server is degraded, not down.
import type { Health } from "../protocol/api.ts";
import type { Index } from "./index/client.ts";
import type { Feeder } from "./index/feeder.ts";
import type { Store } from "./store/store.ts";

/** Probing writes an object, and anybody may ask. */
const STORE_CHECK_MS = 2000;

export interface HealthParts {
	store: Store;
	index: Index;
	feeder: Feeder;
	now: () => number;
}

export function createHealthCheck(parts: HealthParts): () => Promise<Health> {
	let checkedAt = Number.NEGATIVE_INFINITY;
	let isStoreReady: Promise<boolean> = Promise.resolve(false);
	return async () => {
		// A clock that was set back must not keep an old answer alive.
		if (Math.abs(parts.now() - checkedAt) > STORE_CHECK_MS) {
			checkedAt = parts.now();
			isStoreReady = succeeds(parts.store.probe());
		}
		const [store, index] = await Promise.all([isStoreReady, parts.index.isReady()]);
		return {
			status: !store ? "unavailable" : index ? "ready" : "degraded",
			store: store ? "ready" : "unavailable",
			index: index ? "ready" : "unavailable",
			waitingChunks: parts.feeder.freshness().waitingChunks,
		};
	};
}

function succeeds(work: Promise<void>): Promise<boolean> {
	return work.then(
		() => true,
		() => false,
	);
}
