// What to do after an upload was answered, by the rules of `protocol/README.md`, Answers. Only an
// answer that is surely our server's may end anything: a proxy's 404 is no reason to stop.
import type { Directive } from "../../protocol/answer.ts";

export interface Reply {
	/** 0 where no answer came. */
	status: number;
	/** Our own error code, "" where the body has none. */
	code: string;
	/** Undefined where a 200 had no answer of ours in it. */
	directives?: Directive[];
	/** 0 for none. */
	retryAfterMs: number;
}

export type Decision =
	| { do: "accept"; directives: Directive[] }
	/** Refused for good: never send it again, and say so in the next envelope. */
	| { do: "drop" }
	/** Nothing of this page will ever be accepted. */
	| { do: "stop" }
	| { do: "retry"; afterMs: number };

const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 60_000;
/** A longer `Retry-After` than this is not waited for. */
const RETRY_AFTER_MS = 10 * 60_000;

/**
 * @param attempt how often it has been sent, less one
 * @param random 0 to 1: pages that failed together must not come back together
 */
export function decideReply(reply: Reply, attempt: number, random: number): Decision {
	const { status, code, directives } = reply;
	if (status === 204) return { do: "accept", directives: [] };
	if (status === 200 && directives !== undefined) return { do: "accept", directives };
	if (code === "unknown_site" || code === "origin_not_allowed") return { do: "stop" };
	if (status >= 400 && status < 500 && status !== 429 && code !== "") return { do: "drop" };
	const backoff = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempt) * (0.5 + random);
	const asked = Math.min(RETRY_AFTER_MS, reply.retryAfterMs);
	return { do: "retry", afterMs: Math.round(Math.max(backoff, asked)) };
}
