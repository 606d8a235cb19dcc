// A valid gzip stream without compression (RFC 1952 around RFC 1951 "stored" blocks). A page that is
// going away has no time for an asynchronous compressor, yet the facts section is always gzip, so
// that readers need one way only.
import { crc32Bitwise } from "./crc32-bitwise.ts";
import { joinBytes, u32 } from "./join-bytes.ts";

const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const BLOCK_BYTES = 0xffff;

export function encodeStoredGzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const parts: ArrayLike<number>[] = [HEADER];
	let at = 0;
	do {
		const block = bytes.subarray(at, at + BLOCK_BYTES);
		at += BLOCK_BYTES;
		const { length } = block;
		parts.push([at < bytes.length ? 0 : 1, length, length >> 8, ~length, ~length >> 8], block);
	} while (at < bytes.length);
	return joinBytes([...parts, u32(crc32Bitwise(bytes)), u32(bytes.length)]);
}
