// SHA-256, in hex. Pages over plain http have no `crypto.subtle`; they load what computes it, as they loaded
// the recorder: a file that never changes, checked by its hash.
import { toHex } from "../../protocol/ids.ts";

/** Of the build: that file, and its hash for Subresource Integrity; empty where all is in one file. */
declare const SNAG_HASH: string;
declare const SNAG_HASH_INTEGRITY: string;

type ByHand = typeof import("./hash-by-hand.ts");

/** @param endpoint where chunks go: beside it is what the recorder consists of */
export function createHashBytes(endpoint: string) {
	let byHand: Promise<ByHand> | undefined;
	return async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
		const { subtle } = crypto;
		if (subtle) return toHex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
		byHand ??= loadByHand(endpoint);
		return toHex((await byHand).hashByHand(bytes));
	};
}

async function loadByHand(endpoint: string): Promise<ByHand> {
	if (!SNAG_HASH) return import("./hash-by-hand.ts");
	const url = `${endpoint}/../../${SNAG_HASH}`;
	await fetch(url, { integrity: SNAG_HASH_INTEGRITY });
	return import(url);
}
