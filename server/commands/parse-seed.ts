// `snag seed --visitors N …` → what is asked for.
import { type OptionTypes, readCount, UsageError, type Values } from "./parse-options.ts";
import type { SeedRequest } from "./seed.ts";

export const SEED_OPTIONS: OptionTypes = {
	visitors: { type: "string" },
	seed: { type: "string" },
	shop: { type: "string" },
	parallel: { type: "string" },
	share: { type: "string" },
};

const MOST_VISITORS = 10_000;
const MOST_AT_ONCE = 16;
/** More than this wait for each other on the two cores of a small machine. */
const AT_ONCE = 3;

const MOST_FAULT_SHARE = 0.5;

/** @throws UsageError */
export function parseSeed(values: Values): SeedRequest {
	const visitors = readCount(values, "visitors", { least: 1, most: MOST_VISITORS });
	if (visitors === undefined) {
		throw new UsageError("snag seed needs --visitors and how many, as in --visitors 100.");
	}
	const parallel = readCount(values, "parallel", {
		...{ least: 1, most: MOST_AT_ONCE, otherwise: AT_ONCE },
	});
	const seed = readCount(values, "seed", { most: 2 ** 32 - 1 });
	return {
		visitors,
		parallel: parallel ?? AT_ONCE,
		...(seed !== undefined && { seed }),
		...(values.share !== undefined && { faultShare: parseShare(String(values.share)) }),
		...(values.shop !== undefined && { shop: parseShop(String(values.shop)) }),
	};
}

/** Half of all visitors are controls, so that no more than the other half can meet a fault. */
function parseShare(text: string): number {
	const share = Number(/^fault=(\d?(?:\.\d{1,6})?)$/.exec(text)?.[1] || Number.NaN);
	if (share >= 0 && share <= MOST_FAULT_SHARE) return share;
	throw new UsageError(`--share takes fault= and a number from 0 to 0.5, not ${text}.`);
}

function parseShop(text: string): string {
	if (/^https?:\/\/[^/]/.test(text) && URL.canParse(text)) return new URL(text).origin;
	throw new UsageError(`--shop takes an address as http://localhost:4001, not ${text}.`);
}
