// The store that the configuration names.
import type { Config } from "../config.ts";
import { createDiskStore } from "./disk-store.ts";
import { createS3Store } from "./s3-store.ts";
import type { Store } from "./store.ts";

export function createStore(storage: Config["storage"]): Store {
	return storage.kind === "disk" ? createDiskStore(storage.folder) : createS3Store(storage);
}
