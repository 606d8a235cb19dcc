// One upload and what came back. `text/plain` without any header of our own needs no preflight; the
// moment and the attempt stand in the query, so that the body of a resend stays the same.

import type { Directive } from "../../protocol/answer.ts";
import { startTimer, stopTimer } from "../native.ts";
import type { Reply } from "./decide.ts";

/** A connection that hangs longer counts as failed. */
const TIMEOUT_MS = 30_000;
const CONTENT_TYPE = "text/plain;charset=UTF-8";

/** @returns the reply; status 0 where none came. Never rejects. */
export async function post(
	url: string,
	body: Uint8Array<ArrayBuffer>,
	keepalive: boolean,
): Promise<Reply> {
	let timer: ReturnType<typeof startTimer> | undefined;
	try {
		const abort = new AbortController();
		timer = startTimer(() => abort.abort(), TIMEOUT_MS);
		const response = await fetch(url, {
			method: "POST",
			body,
			headers: { "Content-Type": CONTENT_TYPE },
			mode: "cors",
			credentials: "omit",
			// The page's address may carry what its clean URL leaves out.
			referrerPolicy: "strict-origin",
			keepalive,
			signal: abort.signal,
		});
		return await readReply(response);
	} catch {
		return { status: 0, code: "", retryAfterMs: 0 };
	} finally {
		stopTimer(timer);
	}
}

/** For browsers without keepalive. @returns whether the browser took it */
export function beacon(url: string, body: Uint8Array<ArrayBuffer>): boolean {
	return navigator.sendBeacon?.(url, new Blob([body], { type: CONTENT_TYPE })) ?? false;
}

export function canKeepAlive(): boolean {
	return typeof Request !== "undefined" && "keepalive" in Request.prototype;
}

async function readReply(response: Response): Promise<Reply> {
	const { status } = response;
	const retryAfterMs = parseRetryAfter(response.headers.get("Retry-After"), Date.now());
	const text = status === 204 ? "" : await response.text();
	return { status, ...parseAnswer(text), retryAfterMs };
}

/** Body of an answer → its code or directives; a body that is not ours has neither. */
export function parseAnswer(text: string): { code: string; directives?: Directive[] } {
	try {
		const body = JSON.parse(text) as { error?: { code?: unknown }; directives?: unknown } | null;
		const code = body?.error?.code;
		if (typeof code === "string") return { code };
		if (Array.isArray(body?.directives)) return { code: "", directives: body.directives };
	} catch {
		// Somebody else's page.
	}
	return { code: "" };
}

/** Seconds or an HTTP date → milliseconds from now, 0 where it says nothing. */
export function parseRetryAfter(value: string | null, now: number): number {
	if (value === null || value === "") return 0;
	const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
	return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
