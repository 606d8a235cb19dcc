// Values that the subdomains of one site share, where its owner wants that: a first-party cookie beside
// web storage, which holds them alone where the browser refuses the cookie.
import type { KeyValue } from "./key-value.ts";

/** Browsers keep none for longer (RFC 6265bis §5.5). */
const LIFE_SECONDS = 400 * 24 * 60 * 60;

/**
 * @param prefix of the cookies' names
 * @param domain without one, web storage is all. Values must be made of what a cookie may hold.
 */
export function createShared(
	local: KeyValue,
	prefix: string,
	domain: string | undefined,
): KeyValue {
	if (!domain) return local;
	const write = (key: string, value: string, seconds: number): void => {
		const secure = location.protocol === "https:" ? ";secure" : "";
		// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous
		document.cookie = `${prefix + key}=${value};domain=${domain};path=/;max-age=${seconds};samesite=lax${secure}`;
	};
	return {
		get: (key) => document.cookie.match(`(?:^|; )${prefix + key}=([^;]+)`)?.[1] ?? local.get(key),
		set(key, value) {
			local.set(key, value);
			write(key, value, LIFE_SECONDS);
		},
		remove(key) {
			local.remove(key);
			write(key, "", 0);
		},
	};
}
