// A valid gzip stream without compression (RFC 1952 around RFC 1951 "stored" blocks). A page that is
// going away has no time for an asynchronous compressor, yet the facts section is always gzip, so
// that readers need one way only.
import { crc32 } from "./crc32.ts";

const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
const BLOCK_BYTES = 0xffff;

export function encodeStoredGzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const blocks = Math.max(1, Math.ceil(bytes.length / BLOCK_BYTES));
	const out = new Uint8Array(HEADER.length + blocks * 5 + bytes.length + 8);
	const view = new DataView(out.buffer);
	out.set(HEADER);
	let at = HEADER.length;
	for (let block = 0; block < blocks; block++) {
		const part = bytes.subarray(block * BLOCK_BYTES, (block + 1) * BLOCK_BYTES);
		out[at] = block === blocks - 1 ? 1 : 0;
		view.setUint16(at + 1, part.length, true);
		view.setUint16(at + 3, ~part.length & 0xffff, true);
		out.set(part, at + 5);
		at += 5 + part.length;
	}
	view.setUint32(at, crc32(bytes), true);
	view.setUint32(at + 4, bytes.length, true);
	return out;
}
