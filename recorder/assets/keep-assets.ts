// Files that the page is drawn with, kept by content so that its replays outlive the site's next deploy.
// What is told of a page names them; which they are is found out later, in pauses and out of the browser's
// own cache: only files that the page has loaded. What the page may not read, the server is asked to
// fetch, by its clean URL.
//
// What is in the cache was mostly answered to a request with cookies, and may be somebody's; what is not in
// it the site wanted to be asked for each time, as what counts views. So a file of the page's own host comes
// out of the cache or not at all, and as it lies there only if it is declared to be for everybody, or is a
// style sheet or a font; any other has to be confirmed by a request without credentials (an ETag makes that a
// cheap one), which leaves the cache as it is. Always to ask anew would be simpler, and cost the site all of
// its traffic again. Of pictures of other hosts neither can be known: the server asks for those.
//
// A browser tells of each refused request in the page's console, also of what is not in its cache, so a host
// that refused one file is not asked for another, and the page's own for no more after a few.
import {
	ASSET_BYTES,
	ASSET_PAGE_BYTES,
	ASSET_URLS,
	type AssetAnswer,
	nameCssUrls,
	referToAsset,
} from "../../protocol/asset.ts";
import { cleanUrl } from "../../protocol/clean-url.ts";
import type { Guard } from "../guard.ts";
import { toJson } from "../native.ts";
import { upload } from "../transport/upload.ts";
import { whenIdle } from "../when-idle.ts";
import { createHashBytes } from "./hash-bytes.ts";

export interface Assets {
	/** Absolute URL of a file → what is told of it. */
	refer(url: string): string;
	/** Was it requested by us? */
	isOurs(url: string): boolean;
	/** From now on files are kept. */
	wake(): void;
	stop(): void;
}

/** A tuple, since names would be loaded with every page. */
export type AssetsOptions = [
	guard: Guard,
	/** Where chunks go. */
	endpoint: string,
	/** Files are only named, until it is woken. */
	isAsleep: boolean,
	/** Runs a callback later, guarded. */
	later: (callback: () => void, ms: number) => void,
	/** What is kept, by name: name, hash, name, … */
	onKept: (sheets: string[], files: string[]) => void,
	/** It cannot be kept. */
	onLost: (url: string) => void,
];

const WAIT_MS = 1000;
const AT_ONCE = 100;
const MOST_MISSES = 3;
/** Whoever has such a URL may see the file: it is somebody's. */
const SIGNED = /[?&][^=&]*(?:sign|token|auth|expires|credential|secret)[^=&]*=/i;
/** A page that loads files for ever. */
const MOST_LOADED = 5000;
/** What scripts ask for is no file to draw with. */
const OTHER = /^(?:fetch|xml|beacon|ping|script|i?frame)/;
/** Not a picture to see; of other hosts' that do not tell it is 0. */
const PIXEL_BYTES = 1000;
/** In `Cache-Control` and `Vary`: it is another for each. */
const OWNED = /private|no-store|cookie|auth|\*/i;
/** It is one for all. */
const SHARED = /public|immutable|s-maxage/i;
/** Without an ETag, made anew whenever it is asked for. */
const COUNTED = /no-cache|max-age=0\b/i;
/** Of about 64 KB, each to the end of a rule. */
const SHEET_PARTS = /.{1,65536}[^}]*}?/gs;
/** Without the browser's own hash each byte costs the page. */
const BY_HAND_BYTES = 256 * 1024;

/** Bytes where we have them. */
type Found = [url: string, hash: string, isSheet: boolean, bytes?: Uint8Array<ArrayBuffer>];

export function keepAssets(options: AssetsOptions): Assets {
	const [guard, endpoint, isAsleep, later, onKept, onLost] = options;
	const hashBytes = createHashBytes(endpoint);
	const named = new Set<string>();
	/** By URL: may it count views? */
	const loaded = new Map<string, boolean>();
	const taken = new Set<string>();
	const closed = new Set<string>();
	let left = ASSET_PAGE_BYTES;
	let isBusy = isAsleep;
	let isOver = false;
	let misses = 0;

	const refer = (url: string): string => {
		const whole = url.replace(/#.*/, "");
		if (!named.has(whole) && !taken.has(whole)) {
			named.add(whole);
			schedule();
		}
		return referToAsset(whole);
	};

	const schedule = (): void => {
		if (isBusy || isOver) return;
		isBusy = true;
		later(() => whenIdle(guard.wrap(run), WAIT_MS), WAIT_MS);
	};

	const run = (): void => {
		const batch = [...named].filter((url) => loaded.has(url)).slice(0, AT_ONCE);
		for (const url of batch) {
			named.delete(url);
			taken.add(url);
		}
		isBusy = batch.length > 0 && !isOver;
		if (!isBusy) return;
		void keep(batch)
			.catch(() => {
				isOver = true;
				for (const url of batch) onLost(url);
			})
			.catch(guard.count)
			.then(
				guard.wrap(() => {
					isBusy = false;
					schedule();
				}),
			);
	};

	const keep = async (batch: readonly string[]): Promise<void> => {
		const found: Found[] = [];
		const failed: string[] = [];
		const queue = batch.values();
		const lane = async (): Promise<void> => {
			for (const url of queue) {
				const { origin } = new URL(url);
				try {
					if (SIGNED.test(url) || closed.has(origin)) throw origin;
					found.push(await read(url, origin));
				} catch (refused) {
					const isTold = refused !== origin;
					if (isTold && (isForeign(origin) || ++misses > MOST_MISSES)) closed.add(origin);
					failed.push(url);
				}
			}
		};
		await Promise.all([lane(), lane()]);
		await tell(found, failed);
	};

	/** @throws its origin, where no request of ours was refused */
	const read = async (url: string, origin: string): Promise<Found> => {
		const ask = (cache: RequestCache, more?: RequestInit) =>
			fetch(url, { cache, credentials: "omit", ...more });
		const foreign = isForeign(origin);
		if (foreign && loaded.get(url)) throw origin;
		let answer = await (foreign
			? ask("force-cache")
			: ask("only-if-cached", { mode: "same-origin" }));
		const { headers } = answer;
		const type = headers.get("Content-Type") ?? "";
		const told = `${headers.get("Cache-Control")} ${headers.get("Vary")}`;
		const etag = !foreign && headers.get("ETag");
		const isSheet = /^text\/css/.test(type);
		const isOwned = OWNED.test(told);
		if (isOwned || !(SHARED.test(told) || isSheet || /font/.test(type))) {
			// A service worker answers from a cache of its own, whoever asks.
			const isUnasked =
				isOwned || (!etag && COUNTED.test(told)) || navigator.serviceWorker?.controller;
			if (foreign ? !isSheet : isUnasked) throw origin;
			const again = await ask("no-store", etag ? { headers: { "If-None-Match": etag } } : {});
			if (again.status !== 304) answer = again;
		}
		const bytes = isSheet
			? new TextEncoder().encode(await nameAll(await answer.text(), answer.url))
			: new Uint8Array(await answer.arrayBuffer());
		const { length } = bytes;
		const most = crypto.subtle ? ASSET_BYTES : BY_HAND_BYTES;
		if (!answer.ok) throw url;
		if (length > Math.min(left, most)) throw origin;
		left -= length;
		return [url, await hashBytes(bytes), isSheet, bytes];
	};

	/** A large sheet rule by rule, in pauses. */
	const nameAll = async (css: string, base: string): Promise<string> => {
		const name = guard.wrap((part: string) =>
			nameCssUrls(part, (each) => refer(new URL(each, base).href)),
		);
		let named = "";
		for (const part of css.match(SHEET_PARTS) ?? []) {
			if (named) await new Promise<void>((go) => whenIdle(go, WAIT_MS));
			named += name(part) ?? part;
		}
		return named;
	};

	const tell = async (found: Found[], failed: readonly string[]): Promise<void> => {
		const lost = new Set(failed);
		const urls = new Map<string, string>();
		for (const url of failed) {
			const clean = cleanUrl(url);
			const isAsked = isForeign(new URL(url).origin) && clean === url.replace(/\?.*/, "");
			if (isAsked && urls.size < ASSET_URLS) urls.set(clean, url);
		}
		const hashes = [...new Set(found.map(([, hash]) => hash))];
		const question = toJson({ hashes, urls: [...urls.keys()] });
		const answer: AssetAnswer = await (await send("", question)).json();
		for (const [clean, { hash, urls: inside }] of Object.entries(answer.found)) {
			const url = urls.get(clean) ?? "";
			lost.delete(url);
			for (const each of inside ?? []) refer(each);
			found.push([url, hash, inside !== undefined]);
		}
		const missing = new Set(answer.missing);
		for (const [url, hash, , bytes] of found) {
			if (bytes && missing.delete(hash)) {
				await send(`/${hash}`, bytes).catch(() => lost.add(url));
			}
		}
		const kept: [sheets: string[], files: string[]] = [[], []];
		for (const [url, hash, isSheet] of found) {
			if (!lost.has(url)) {
				kept[isSheet ? 0 : 1].push(referToAsset(url).slice("snag:".length), hash);
			}
		}
		if (kept.flat().length > 0) onKept(...kept);
		for (const url of lost) onLost(url);
	};

	const send = async (path: string, body: BodyInit): Promise<Response> => {
		const answer = await upload(`${endpoint}/assets${path}`, body);
		if (!answer.ok) throw path;
		return answer;
	};

	const observer = new PerformanceObserver(
		guard.wrap((list) => {
			if (loaded.size > MOST_LOADED) loaded.clear();
			// Nothing else is observed.
			const entries = list.getEntries() as PerformanceResourceTiming[];
			for (const { name, initiatorType, decodedBodySize } of entries) {
				if (OTHER.test(initiatorType)) continue;
				const isPixel = /^im/.test(initiatorType) && decodedBodySize < PIXEL_BYTES;
				loaded.set(name.replace(/#.*/, ""), isPixel);
			}
			if (named.size > 0) schedule();
		}),
	);
	observer.observe({ type: "resource", buffered: true });
	return {
		refer,
		isOurs: (url) => taken.has(url),
		wake() {
			isBusy = false;
			schedule();
		},
		stop() {
			isOver = true;
			observer.disconnect();
		},
	};
}

function isForeign(origin: string): boolean {
	return origin !== location.origin;
}
