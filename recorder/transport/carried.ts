// What a page could not send before it went is carried to the next page of the same tab, byte for
// byte, in sessionStorage. The identity inside makes a chunk that did arrive after all harmless.
import { CARRIED_BYTES } from "../../protocol/limits.ts";
import { toJson } from "../native.ts";
import type { KeyValue } from "../session/key-value.ts";

/** The server accepts nothing older. */
const CARRIED_MS = 24 * 60 * 60 * 1000;

/** @param chunks most important first; what does not fit is left out */
export function writeCarried(
	storage: KeyValue,
	key: string,
	chunks: readonly Uint8Array[],
	now: number,
): void {
	let left = CARRIED_BYTES;
	const fitting = chunks.filter(({ length }) => {
		const fits = length <= left;
		if (fits) left -= length;
		return fits;
	});
	if (fitting.length === 0) storage.remove(key);
	else storage.set(key, toJson([now, ...fitting.map(toBase64)]));
}

/** Takes what the page before left. */
export function takeCarried(
	storage: KeyValue,
	key: string,
	now: number,
): Uint8Array<ArrayBuffer>[] {
	const text = storage.get(key);
	storage.remove(key);
	try {
		const [at, ...chunks] = JSON.parse(text ?? "") as [number, ...string[]];
		return now - at < CARRIED_MS ? chunks.map(fromBase64) : [];
	} catch {
		return [];
	}
}

function toBase64(bytes: Uint8Array): string {
	let text = "";
	// Functions take a limited number of arguments.
	for (let at = 0; at < bytes.length; at += 8192) {
		text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	}
	return btoa(text);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
