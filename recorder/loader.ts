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
		consent,
		before?.q ?? [],
		(onLoad) => {
			gate.core = onLoad;
			loadCore(base + SNAG_CORE, own, () => onLoad());
		},
	]);
	(window as { snag?: unknown }).snag = gate;
}

function loadCore(url: string, own: HTMLScriptElement, onError: () => void): void {
	const script = document.createElement("script");
	script.onerror = onError;
	script.crossOrigin = "";
	script.integrity = SNAG_INTEGRITY;
	script.nonce = own.nonce;
	try {
		const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
		const policy = trustedTypes?.createPolicy("snag", { createScriptURL: (trusted) => trusted });
		script.src = policy?.createScriptURL(url) ?? url;
	} catch {
		// Trusted Types without a policy of ours: imports are not among what they guard.
		void fetch(url, { integrity: SNAG_INTEGRITY })
			.then(() => import(url))
			.catch(onError);
		return;
	}
	document.head.append(script);
}

/** Not in TypeScript's DOM. What it makes stands for a text wherever one is asked for. */
interface TrustedTypes {
	createPolicy(
		name: string,
		rules: { createScriptURL: (url: string) => string },
	): { createScriptURL(url: string): string };
}
