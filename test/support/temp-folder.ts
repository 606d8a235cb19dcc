// A fresh folder under the system's temporary folder. The path is short on purpose: unix sockets
// inside it must stay under 107 bytes.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TempFolder {
	path: string;
	remove(): Promise<void>;
}

export async function createTempFolder(name: string): Promise<TempFolder> {
	const path = await mkdtemp(join(tmpdir(), `snag-${name}-`));
	return {
		path,
		// A process that is just ending may still write its last file: removal is tried again.
		remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
	};
}
