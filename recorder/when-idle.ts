// In a pause of the page, where the browser tells of pauses.

import { startTimer } from "./native.ts";

/** @param timeout ms after which it is done in any case */
export function whenIdle(work: () => void, timeout: number): void {
	if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout });
	else startTimer(work, 0);
}
