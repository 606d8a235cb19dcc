// What the site's owner has decided, read before anything is recorded. Without an answer in time nobody
// knows what may be recorded, so as little as possible is: facts, no pages.
import type { SiteConfig } from "../../protocol/site-config.ts";

/** The part of the configuration that is obeyed. */
export type RecorderConfig = Pick<SiteConfig, "sampling" | "stop" | "privacy"> & {
	/** Style sheets, pictures and fonts of the page are kept. */
	assets?: boolean;
};

const TIMEOUT_MS = 2000;
const STRICTEST: RecorderConfig = { sampling: 0, stop: false, privacy: "strict" };

/** @param endpoint where chunks go. Never rejects. */
export async function readConfig(endpoint: string): Promise<RecorderConfig> {
	const abort = new AbortController();
	const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
	try {
		const response = await fetch(`${endpoint}/config`, {
			credentials: "omit",
			referrerPolicy: "strict-origin",
			signal: abort.signal,
		});
		return response.ok ? parseConfig(await response.json()) : STRICTEST;
	} catch {
		return STRICTEST;
	} finally {
		clearTimeout(timer);
	}
}

/** Whatever a proxy may have answered → a configuration. */
export function parseConfig(value: unknown): RecorderConfig {
	const { version, sampling, stop, privacy, features } = (value ?? {}) as Partial<SiteConfig>;
	if (version !== 1 || typeof sampling !== "number") return STRICTEST;
	return {
		sampling,
		stop: stop === true,
		privacy: privacy ?? "strict",
		assets: features?.assets !== false,
	};
}
