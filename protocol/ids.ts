// Branded ids, so that a visitor can never be passed where a session is meant. Randomness and the
// clock come in as arguments: the recorder takes them from the page, tests from a seed.

export type SiteKey = string & { readonly __brand: "SiteKey" };
export type VisitorId = string & { readonly __brand: "VisitorId" };
export type SessionId = string & { readonly __brand: "SessionId" };
export type TabId = string & { readonly __brand: "TabId" };
export type StreamId = string & { readonly __brand: "StreamId" };
export type WriteKey = string & { readonly __brand: "WriteKey" };

const HEX = /^[0-9a-f]{32}$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const SITE_KEY = /^[a-z0-9]{16,40}$/;

/** 128 random bits as 32 hex digits: the form of visitor, tab, stream and write key. */
export function createRandomId(random: Uint8Array): string {
	return toHex(random.subarray(0, 16));
}

export function isRandomId(text: unknown): text is string {
	return typeof text === "string" && HEX.test(text);
}

export function isSiteKey(text: unknown): text is SiteKey {
	return typeof text === "string" && SITE_KEY.test(text);
}

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of epoch milliseconds, then randomness.
 * @param random at least 10 bytes
 */
export function createUuidV7(nowMs: number, random: Uint8Array): string {
	const time = Math.floor(nowMs).toString(16).padStart(12, "0");
	const r = toHex(random);
	const variant = "89ab"[(random[1] ?? 0) & 3];
	const digits = `${time}7${r.slice(0, 3)}${variant}${r.slice(4, 19)}`;
	return digits.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

export function isSessionId(text: unknown): text is SessionId {
	return typeof text === "string" && UUID_V7.test(text);
}

/** Epoch milliseconds inside a UUIDv7. */
export function timeOfUuidV7(id: string): number {
	return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Two lower case digits a byte. */
export function toHex(bytes: Uint8Array): string {
	let text = "";
	for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
	return text;
}
