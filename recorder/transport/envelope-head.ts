// The part of an envelope that does not depend on how its chunk is encoded.
import { cleanUrl } from "../../protocol/clean-url.ts";
import type { Size } from "../../protocol/envelope.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import { viewportSize } from "../capture/page.ts";
import type { Governor } from "../governor.ts";
import type { Guard } from "../guard.ts";
import type { EnvelopeHead } from "./encode-batch.ts";
import type { Batch } from "./queue.ts";

/** Whose events these are, as every envelope of a stream says it. */
export type StreamIdentity = Pick<
	EnvelopeHead,
	"visitor" | "session" | "writeKey" | "tab" | "stream"
>;

export interface Dropped {
	events: number;
	chunks: number;
}

/** Each call takes the next sequence number of the stream. */
export type CreateHead = (batch: Batch, last: boolean) => EnvelopeHead;

export function createHeads(
	identity: StreamIdentity,
	dropped: Dropped,
	guard: Guard,
	governor: Governor,
): CreateHead {
	let next = 0;
	return ({ url, view, page }, last) => {
		const { language, webdriver, userAgentData: hints } = navigator as WithHints;
		return {
			version: PROTOCOL_VERSION,
			...identity,
			sequence: next++,
			url,
			view,
			page,
			viewport: viewportSize(),
			screen: [screen.width, screen.height].map(Math.round) as Size,
			language: (language || "").slice(0, 40),
			referrer: cleanUrl(document.referrer).slice(0, 2048),
			// What is undefined is not written.
			hints: hints && { mobile: hints.mobile, platform: hints.platform.slice(0, 40) },
			last: last || undefined,
			automated: webdriver || undefined,
			dropped: { ...dropped, errors: guard.errors() },
			cost: { ...guard.cost(), step: governor.step() },
		};
	};
}

/** Not in TypeScript's DOM: Chromium only (WICG User-Agent Client Hints). */
interface WithHints extends Navigator {
	userAgentData?: { mobile: boolean; platform: string };
}
