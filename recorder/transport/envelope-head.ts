// The part of an envelope that does not depend on how its chunk is encoded.
import { cleanUrl } from "../../protocol/clean-url.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { StreamId, TabId, VisitorId } from "../../protocol/ids.ts";
import { PROTOCOL_VERSION } from "../../protocol/limits.ts";
import type { Governor } from "../governor.ts";
import type { Guard } from "../guard.ts";
import type { Session } from "../session/session.ts";
import type { EnvelopeHead } from "./encode-batch.ts";
import type { Batch } from "./queue.ts";

export interface StreamIdentity {
	visitor: VisitorId;
	session: Session;
	tab: TabId;
	stream: StreamId;
}

export interface Dropped {
	events: number;
	chunks: number;
}

/** Each call takes the next sequence number of the stream. */
export type CreateHead = (batch: Batch, last: boolean) => EnvelopeHead;

export function createHeads(
	identity: StreamIdentity,
	dropped: Dropped,
	{ guard, governor }: { guard: Guard; governor: Governor },
): CreateHead {
	let next = 0;
	const { visitor, session, tab, stream } = identity;
	return ({ url, view }, last) => ({
		version: PROTOCOL_VERSION,
		visitor,
		session: session.id,
		writeKey: session.writeKey,
		tab,
		stream,
		sequence: next++,
		url,
		view,
		viewport: [Math.round(innerWidth), Math.round(innerHeight)],
		screen: [Math.round(screen.width), Math.round(screen.height)],
		language: (navigator.language || "").slice(0, 40),
		referrer: cleanUrl(document.referrer).slice(0, 2048),
		...readHints(),
		...(last ? { last } : {}),
		...(navigator.webdriver ? { automated: true } : {}),
		dropped: { ...dropped, errors: guard.errors() },
		cost: { ...guard.cost(), step: governor.step() },
	});
}

/** Not in TypeScript's DOM: Chromium only (WICG User-Agent Client Hints). */
interface WithHints {
	userAgentData?: { mobile: boolean; platform: string };
}

function readHints(): Pick<Envelope, "hints"> {
	const data = (navigator as WithHints).userAgentData;
	if (data === undefined) return {};
	return { hints: { mobile: data.mobile, platform: data.platform.slice(0, 40) } };
}
