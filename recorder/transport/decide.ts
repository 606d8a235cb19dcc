// What to do after an upload was answered, by the rules of `protocol/README.md`, Answers. Only an
// answer that is surely our server's may end anything: a proxy's 404 is no reason to stop.
import type { Directive } from "../../protocol/answer.ts";

/** What came back; a status of 0 where nothing did. */
export type Reply = readonly [status: number, body?: string, retryAfter?: string | null];

/**
 * Accepted, with what the server asks for · refused for good: never send it again, and say so in the next
 * envelope · nothing of this page will ever be accepted · to be sent again after so many ms.
 */
export type Decision = Directive[] | "drop" | "stop" | number;

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** A longer `Retry-After` than this is not waited for. */
const RETRY_AFTER_MS = 10 * 60_000;

/**
 * @param attempt how often it has been sent, less one
 * @param random 0 to 1: pages that failed together must not come back together
 */
export function decideReply(
	[status, body = "", retryAfter]: Reply,
	attempt: number,
	random: number,
	now: number,
): Decision {
	const { error, directives } = parseAnswer(body);
	const code = error?.code;
	if (status === 204) return [];
	if (status === 200 && Array.isArray(directives)) return directives;
	if (code === "unknown_site" || code === "origin_not_allowed") return "stop";
	const isOurs = typeof code === "string" && code !== "";
	if (isOurs && status >= 400 && status < 500 && status !== 429) return "drop";
	const backoff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt) * (0.5 + random);
	// Seconds or an HTTP date.
	const asked = Number(retryAfter) * 1000 || Date.parse(retryAfter ?? "") - now || 0;
	return Math.round(Math.max(backoff, Math.min(RETRY_AFTER_MS, asked)));
}

/** Somebody else's page says nothing. */
function parseAnswer(body: string): { error?: { code?: unknown }; directives?: unknown } {
	try {
		return JSON.parse(body) ?? {};
	} catch {
		return {};
	}
}
