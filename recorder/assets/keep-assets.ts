// Files that the page is drawn with, kept by content so that its replays outlive the site's next deploy.
// What is told of a page names them; which they are is found out later, in pauses and out of the browser's
// own cache: only files that the page has loaded, and of those only what a request without credentials
// returns. What the page may not read, the server is asked to fetch, by its clean URL.
//
// A browser tells of each refused request in the page's console, so a host that refused one file is not
// asked for another.
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
/** Whoever has such a URL may see the file: it is somebody's. */
const SIGNED = /[?&][^=&]*(?:sign|token|auth|expires|credential|secret)[^=&]*=/i;
/** Without the browser's own hash each byte costs the page. */
const BY_HAND_BYTES = 256 * 1024;

/** Bytes where we have them. */
type Found = [url: string, hash: string, isSheet: boolean, bytes?: Uint8Array<ArrayBuffer>];

export function keepAssets(options: AssetsOptions): Assets {
	const [guard, endpoint, isAsleep, later, onKept, onLost] = options;
	const hashBytes = createHashBytes(endpoint);
	const named = new Set<string>();
	const loaded = new Set<string>();
	const taken = new Set<string>();
	const closed = new Set<string>();
	let left = ASSET_PAGE_BYTES;
	let isBusy = isAsleep;
	let isOver = false;

	const refer = (url: string): string => {
		const whole = url.replace(/#.*/, "");
		if (!named.has(whole)) {
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
		const batch = [...named].filter((url) => loaded.has(url) && !taken.has(url)).slice(0, AT_ONCE);
		for (const url of batch) taken.add(url);
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
					found.push(await read(url));
				} catch (refused) {
					// Of its own host a page hears what is wrong, of another it is not even told.
					if (refused !== origin && origin !== location.origin) closed.add(origin);
					failed.push(url);
				}
			}
		};
		await Promise.all([lane(), lane()]);
		await tell(found, failed);
	};

	const read = async (url: string): Promise<Found> => {
		const answer = await fetch(url, { cache: "force-cache", credentials: "omit" });
		const isSheet = /^text\/css/.test(answer.headers.get("Content-Type") ?? "");
		const bytes = isSheet
			? new TextEncoder().encode(
					nameCssUrls(await answer.text(), (each) => refer(new URL(each, answer.url).href)),
				)
			: new Uint8Array(await answer.arrayBuffer());
		const { length } = bytes;
		const most = crypto.subtle ? ASSET_BYTES : BY_HAND_BYTES;
		if (!answer.ok || length > Math.min(left, most)) throw url;
		left -= length;
		return [url, await hashBytes(bytes), isSheet, bytes];
	};

	const tell = async (found: Found[], failed: readonly string[]): Promise<void> => {
		const lost = new Set(failed);
		const urls = new Map<string, string>();
		for (const url of failed) {
			const clean = cleanUrl(url);
			const isAsked = closed.has(new URL(url).origin) && clean === url.replace(/\?.*/, "");
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
			for (const { name } of list.getEntries()) loaded.add(name.replace(/#.*/, ""));
			schedule();
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
