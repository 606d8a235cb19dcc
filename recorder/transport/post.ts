// One upload and what came back. `text/plain` without any header of our own needs no preflight; the
// moment and the attempt stand in the query, so that the body of a resend stays the same.

import type { Reply } from "./decide.ts";
import type { Bytes } from "./sender.ts";
import { upload } from "./upload.ts";

/** A connection that hangs longer counts as failed. */
const TIMEOUT_MS = 30_000;
const CONTENT_TYPE = "text/plain;charset=UTF-8";

/**
 * @param addressOf of this attempt
 * @param isLast it has to outlive the page: where the browser cannot do so or refuses, a beacon may still
 * pass, which has no answer
 * @returns the reply; status 0 where none came. Never rejects.
 */
export async function post(addressOf: () => string, body: Bytes, isLast: boolean): Promise<Reply> {
	try {
		if (isLast && !("keepalive" in Request.prototype)) throw body;
		const response = await upload(addressOf(), body, {
			headers: { "Content-Type": CONTENT_TYPE },
			keepalive: isLast,
			// Where a browser has none, it has a patience of its own.
			signal: AbortSignal.timeout?.(TIMEOUT_MS),
		});
		return [response.status, await response.text(), response.headers.get("Retry-After")];
	} catch {
		try {
			if (isLast) navigator.sendBeacon(addressOf(), new Blob([body], { type: CONTENT_TYPE }));
		} catch {
			// Then the next page of the tab sends it.
		}
		return [0];
	}
}
