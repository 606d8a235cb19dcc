// What the site's owner has decided, as the loader read it. Where it could not, nobody knows what may be
// recorded, so as little as possible is: facts, no pages.
import type { RecorderConfig } from "../protocol/site-config.ts";

const STRICTEST = {
	...({ sampling: 0, replayOnFriction: false, privacy: "strict", features: {} } as const),
};

export type ObeyedConfig = Pick<RecorderConfig, keyof typeof STRICTEST>;

/** Whatever a proxy may have answered → what is obeyed. */
export function completeConfig(config: Partial<RecorderConfig>): ObeyedConfig {
	const isWhole = config.version === 1 && typeof config.sampling === "number";
	return isWhole ? { ...STRICTEST, ...config } : STRICTEST;
}
