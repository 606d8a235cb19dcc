// Tells the log of a store that cannot be written: one line when it begins, one when it is over. Each
// refused upload would say the same, and saying nothing leaves the owner of a full disk without a word.
import type { Store } from "./store.ts";

/** A store that fails now and then has not recovered in between. */
const CALM_MS = 10_000;

/** @param now epoch ms */
export function sayTrouble(store: Store, now: () => number, log: (line: string) => void): Store {
	let failedAt: number | undefined;
	const watch = async (writing: Promise<void>): Promise<void> => {
		try {
			await writing;
		} catch (error) {
			if (failedAt === undefined) {
				const reason = error instanceof Error ? error.message : String(error);
				log(`the store ${store.name} cannot be written (${reason}); recorders keep what they have`);
			}
			failedAt = now();
			throw error;
		}
		if (failedAt === undefined || Math.abs(now() - failedAt) < CALM_MS) return;
		failedAt = undefined;
		log(`the store ${store.name} can be written again`);
	};
	return {
		...store,
		put: (key, bytes, signal) => watch(store.put(key, bytes, signal)),
		putFile: (key, path, bytes) => watch(store.putFile(key, path, bytes)),
	};
}
