// Web storage that never throws: a full, forbidden or missing store becomes a plain map, so that a
// session then lasts as long as its page. Cookies travel with
// every request, so they stand beside it only where a site asks for them (`cookies.ts`).

export interface KeyValue {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
	remove(key: string): void;
}

/** @param open reading `window.localStorage` alone may throw (sandboxed frames, blocked site data) */
export function createKeyValue(open: () => Storage): KeyValue {
	const memory = new Map<string, string>();
	return {
		get(key) {
			try {
				return memory.get(key) ?? open().getItem(key) ?? undefined;
			} catch {
				return memory.get(key);
			}
		},
		set(key, value) {
			try {
				open().setItem(key, value);
				memory.delete(key);
			} catch {
				memory.set(key, value);
			}
		},
		remove(key) {
			memory.delete(key);
			try {
				open().removeItem(key);
			} catch {
				// There was nothing stored to remove.
			}
		},
	};
}
