// Failures that go away by themselves, so that asking again makes sense.
import type { ApiError } from "../api.ts";

export const RETRY_MS = 3000;

export function isPassing({ status, code }: ApiError): boolean {
	return status === 503 || code === "unreachable";
}
