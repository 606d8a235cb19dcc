// One part over the wire: fetched, inflated by the browser up to a cap, and named by what went wrong.
import { SHIFT_HEADER } from "../../protocol/api.ts";
import type { ApiError } from "../api.ts";

/** A part is a few hundred KB; a forged one may inflate without end. */
export const PART_BYTES = 16 * 1024 * 1024;

export type PartAnswer =
	| { is: "read"; text: string; shiftMs: number }
	/** It came, and is of no use: too large, no gzip. */
	| { is: "unreadable"; message: string }
	| { is: "failed"; error: ApiError };

export async function readPart(
	request: typeof fetch,
	url: string,
	{ signal, maxBytes = PART_BYTES }: { signal: AbortSignal; maxBytes?: number },
): Promise<PartAnswer> {
	let answer: Response;
	try {
		answer = await request(url, {
			credentials: "same-origin",
			headers: { accept: "application/json" },
			signal,
		});
	} catch (cause) {
		const code = signal.aborted ? "aborted" : "unreachable";
		return { is: "failed", error: { code, message: messageOf(cause), status: 0 } };
	}
	if (!answer.ok) return { is: "failed", error: await readError(answer) };
	const shiftMs = Number(answer.headers.get(SHIFT_HEADER) ?? 0);
	try {
		const text = await readText(answer, maxBytes);
		if (text === undefined)
			return { is: "unreadable", message: `is larger than ${maxBytes} bytes` };
		return { is: "read", text, shiftMs: Number.isFinite(shiftMs) ? shiftMs : 0 };
	} catch (cause) {
		if (signal.aborted) {
			return { is: "failed", error: { code: "aborted", message: messageOf(cause), status: 0 } };
		}
		// A cut connection and a broken gzip look alike from here; the loader asks once more.
		return { is: "unreadable", message: messageOf(cause) };
	}
}

/** @returns undefined where there is more than `maxBytes` of it; the rest is not read */
async function readText(answer: Response, maxBytes: number): Promise<string | undefined> {
	const reader = answer.body?.getReader();
	if (reader === undefined) return "";
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		bytes += value.length;
		if (bytes > maxBytes) {
			await reader.cancel();
			return undefined;
		}
		text += decoder.decode(value, { stream: true });
	}
}

async function readError(answer: Response): Promise<ApiError> {
	const { status } = answer;
	const body: unknown = await answer.json().catch(() => undefined);
	const { error } = (body ?? {}) as { error?: { code?: unknown; message?: unknown } };
	return {
		code: typeof error?.code === "string" ? error.code : "",
		message: typeof error?.message === "string" ? error.message : `The answer was ${status}.`,
		status,
	};
}

function messageOf(cause: unknown): string {
	return cause instanceof Error ? cause.message : String(cause);
}
