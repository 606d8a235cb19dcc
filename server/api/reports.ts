// What reports over many sessions share: how far back they look, their filter, and how fresh they are.
import type { Freshness } from "../../protocol/api.ts";
import { MAX_TIME } from "../../protocol/limits.ts";
import {
	FilterError,
	formatSessionFilter,
	parseSessionFilter,
} from "../../protocol/session-filter.ts";
import { ApiError } from "../errors.ts";

/** Of sessions: when they began, and `parseSessionFilter`'s words. */
export const OF_SESSIONS = {
	filter: { type: "string", maxLength: 2000, default: "" },
	from: { type: "integer", minimum: 0, maximum: MAX_TIME },
	to: { type: "integer", minimum: 0, maximum: MAX_TIME },
} as const;

/** So far back, where nothing else is asked for. */
export const REPORT_MS = 28 * 24 * 60 * 60 * 1000;

/** More sessions go on than are counted while somebody waits: after an update, until all are written down. */
export function addWaiting(freshness: Freshness, chunks: number): Freshness {
	if (chunks === 0) return freshness;
	return { ...freshness, state: "lagging", waitingChunks: freshness.waitingChunks + chunks };
}

/** @throws ApiError bad_request that says where and what is known */
export function checkFilter(filter: string): string {
	try {
		return formatSessionFilter(parseSessionFilter(filter));
	} catch (error) {
		if (error instanceof FilterError) throw new ApiError("bad_request", `filter: ${error.message}`);
		throw error;
	}
}
