// SHA-256, in hex. Pages over plain http have no `crypto.subtle`; they load what computes it.
import { toHex } from "../../protocol/ids.ts";
import { loadRare, type Rare } from "../load-rare.ts";

/** @param endpoint where chunks go: beside it is what the recorder consists of */
export function createHashBytes(endpoint: string) {
	let rare: Promise<Rare> | undefined;
	return async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
		const { subtle } = crypto;
		if (subtle) return toHex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
		rare ??= loadRare(endpoint);
		return toHex((await rare).hashByHand(bytes));
	};
}
