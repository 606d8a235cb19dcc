// Web storage that never throws: a full, forbidden or missing store becomes a plain map, so that a
// session then lasts as long as its page. Cookies travel with
// every request, so they stand beside it only where a site asks for them (`cookies.ts`).

export interface KeyValue {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
	remove(key: string): void;
}

/**
 * @param prefix of the keys in the store
 * @param open reading `window.localStorage` alone may throw (sandboxed frames, blocked site data)
 */
export function createKeyValue(prefix: string, open: () => Storage): KeyValue {
	const memory = new Map<string, string>();
	return {
		get: (key) => memory.get(key) ?? attempt(() => open().getItem(prefix + key)) ?? undefined,
		set(key, value) {
			memory.set(key, value);
			attempt(() => {
				open().setItem(prefix + key, value);
				memory.delete(key);
			});
		},
		remove(key) {
			memory.delete(key);
			attempt(() => open().removeItem(prefix + key));
		},
	};
}

function attempt<T>(use: () => T): T | undefined {
	try {
		return use();
	} catch {}
}
