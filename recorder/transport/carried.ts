// What a page could not send before it went is carried to the next page of the same tab, byte for
// byte, in sessionStorage. The identity inside makes a chunk that did arrive after all harmless.
import { CARRIED_BYTES } from "../../protocol/limits.ts";
import { toJson } from "../native.ts";
import type { KeyValue } from "../session/key-value.ts";

/** The server accepts nothing older. */
const CARRIED_MS = 24 * 60 * 60 * 1000;

interface Carried {
	at: number;
	chunks: string[];
}

/** @param chunks most important first; what does not fit is left out */
export function writeCarried(
	storage: KeyValue,
	key: string,
	chunks: readonly Uint8Array[],
	now: number,
): void {
	let left = CARRIED_BYTES;
	const fitting = chunks.filter((chunk) => {
		if (chunk.length > left) return false;
		left -= chunk.length;
		return true;
	});
	if (fitting.length === 0) storage.remove(key);
	else storage.set(key, toJson({ at: now, chunks: fitting.map(toBase64) }));
}

/** Takes what the page before left. */
export function takeCarried(
	storage: KeyValue,
	key: string,
	now: number,
): Uint8Array<ArrayBuffer>[] {
	const text = storage.get(key);
	if (text === undefined) return [];
	storage.remove(key);
	try {
		const carried = JSON.parse(text) as Carried;
		return now - carried.at < CARRIED_MS ? carried.chunks.map(fromBase64) : [];
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
