// What `<script async src="{SNAG_URL}/snag.js" data-site="{siteKey}"></script>` runs: gives the page its
// `snag`, decides whether it is recorded, and only then fetches the recorder, whose name and hash this
// file carries.
import { type Call, type Gate, openGate } from "./gate.ts";

/** Of the build: the recorder's file, and its hash for Subresource Integrity. */
declare const SNAG_CORE: string;
declare const SNAG_INTEGRITY: string;

export interface Global {
	/** A page may set it before the script is there: calls are then names with arguments in `q`. */
	snag?: Partial<Omit<Gate, "q">> & { q?: Iterable<Call> };
}

try {
	run();
} catch {
	// Better no recording than an error in the page.
}

function run(): void {
	const own = document.currentScript as HTMLScriptElement;
	const before = (window as Global).snag;
	const { site: key, consent, cookieDomain } = own.dataset;
	// With `start` it is ours: this script has run before.
	if (!key || before?.start) return;
	const base = new URL(".", own.src).href;
	const gate = openGate([
		`${base}i/${key}`,
		key,
		cookieDomain,
		// Whatever it says: whoever has written it does not want to record without.
		consent !== undefined,
		before?.q ?? [],
		(onLoad) => {
			gate.core = onLoad;
			loadCore(base + SNAG_CORE, () => onLoad());
		},
	]);
	(window as { snag?: unknown }).snag = gate;
}

/**
 * Not by a script element: where Trusted Types are required or named, its address needs a policy of ours,
 * and to ask for one that is not allowed is a violation, which the page's owner is sent. Imports are not
 * among what they guard, write nothing to the page, and have the nonce of this script. The file is loaded once:
 * under its name it never changes, so that the import has it from the cache.
 */
function loadCore(url: string, onError: () => void): void {
	void fetch(url, { integrity: SNAG_INTEGRITY })
		.then(() => import(url))
		.catch(onError);
}
