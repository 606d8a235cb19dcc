// What `<script async src="{SNAG_URL}/snag.js" data-site="{siteKey}"></script>` runs: finds its own
// element, learns from it where to send and for which site, and gives the page its `snag`.
import { isSiteKey } from "../protocol/ids.ts";
import { recordPage } from "./record.ts";
import { readConfig } from "./transport/read-config.ts";

interface Snag {
	start(): void;
	stop(): void;
}

/** A page may set `snag` before the script is there: calls are then names in `q`. */
type Global = { snag?: Partial<Snag> & { q?: ArrayLike<unknown>[] } };

run(window as Global);

function run(global: Global): void {
	// `snag` without a queue is ours: the script has run before.
	if (global.snag !== undefined && global.snag.q === undefined) return;
	const site = findSite();
	if (site === undefined) return;
	const queue = global.snag?.q ?? [];
	const snag = createSnag(site.endpoint, site.key);
	global.snag = snag;
	const calls = queue.map((call) => call[0]);
	// A page that says stop before we are there must not be recorded until then.
	if (calls.lastIndexOf("stop") > calls.lastIndexOf("start")) return;
	// What a browser loads ahead may never be seen (`Document.prerendering`, not yet in TypeScript).
	if ((document as { prerendering?: boolean }).prerendering) {
		document.addEventListener("prerenderingchange", snag.start, { once: true });
	} else snag.start();
}

function createSnag(endpoint: string, key: string): Snag {
	let stop: (() => void) | undefined;
	return {
		start() {
			if (stop !== undefined || isRefused()) return;
			try {
				({ stop } = recordPage({ endpoint, name: `snag.${key}`, config: readConfig(endpoint) }));
			} catch {
				// Better no recording than an error in the page.
			}
		},
		stop() {
			stop?.();
			stop = undefined;
		},
	};
}

function findSite(): { endpoint: string; key: string } | undefined {
	const script = document.currentScript ?? document.querySelector("script[src][data-site]");
	if (!(script instanceof HTMLScriptElement) || !isSiteKey(script.dataset.site)) return undefined;
	const key = script.dataset.site;
	return { endpoint: new URL(`i/${key}`, script.src).href, key };
}

/** The visitor does not want it (Global Privacy Control), or the page around this frame records it. */
function isRefused(): boolean {
	if ((navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl) return true;
	try {
		return window.parent !== window && "snag" in window.parent;
	} catch {
		return false;
	}
}
