// Everything that is on a server's disks and in its store, opened as far as it goes: gzip wherever it
// begins, and the blocks of the index's columns. What is looked for cannot hide behind a compression.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import type { Store } from "../../../server/store/store.ts";
import type { StoredText } from "../../journeys/search-stored.ts";

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
/** A block of the engine: checksum, method, its size with this head of nine bytes, size of its content. */
const CHECKSUM_BYTES = 16;
const BLOCK_HEAD_BYTES = 9;
const LZ4 = 0x82;

export async function readObjectTexts(store: Store): Promise<StoredText[]> {
	const texts: StoredText[] = [];
	for await (const { key } of store.list("")) {
		const bytes = await store.get(key).catch(() => undefined);
		if (bytes !== undefined) texts.push(...openBytes(key, Buffer.from(bytes)));
	}
	return texts;
}

/** All files below a folder, also those that no database names any more. */
export async function readFileTexts(folder: string): Promise<StoredText[]> {
	const names = await readdir(folder, { recursive: true, withFileTypes: true });
	const texts: StoredText[] = [];
	for (const entry of names.filter((name) => name.isFile())) {
		const path = join(entry.parentPath ?? entry.path, entry.name);
		const bytes = await readFile(path).catch(() => Buffer.alloc(0));
		texts.push(...openBytes(path, bytes));
	}
	return texts;
}

function openBytes(where: string, bytes: Buffer): StoredText[] {
	const pieces = [bytes, ...inflateAll(bytes), ...decodeBlocks(bytes)];
	return pieces.map((piece) => ({ where, text: piece.toString("latin1") }));
}

function inflateAll(bytes: Buffer): Buffer[] {
	const pieces: Buffer[] = [];
	for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
		try {
			// Also what a torn stream still gives.
			pieces.push(gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }));
		} catch {
			// Three bytes that only look like a beginning.
		}
	}
	return pieces;
}

function decodeBlocks(bytes: Buffer): Buffer[] {
	const blocks: Buffer[] = [];
	let at = 0;
	while (at + CHECKSUM_BYTES + BLOCK_HEAD_BYTES <= bytes.length) {
		const head = at + CHECKSUM_BYTES;
		const end = head + bytes.readUInt32LE(head + 1);
		const size = bytes.readUInt32LE(head + 5);
		if (bytes[head] !== LZ4 || end <= head || end > bytes.length || size > 64e6) break;
		blocks.push(decodeLz4(bytes.subarray(head + BLOCK_HEAD_BYTES, end), size));
		at = end;
	}
	return blocks;
}

/** LZ4 block format: literals, then a copy of what came before, over and over. */
function decodeLz4(input: Buffer, size: number): Buffer {
	const output = Buffer.alloc(size);
	let from = 0;
	let to = 0;
	const readLength = (nibble: number): number => {
		let length = nibble;
		if (nibble < 15) return length;
		for (let byte = 255; byte === 255; length += byte) byte = input[from++] ?? 0;
		return length;
	};
	while (from < input.length) {
		const token = input[from++] ?? 0;
		const literals = readLength(token >> 4);
		to += input.copy(output, to, from, from + literals);
		from += literals;
		if (from >= input.length) break;
		const distance = input.readUInt16LE(from);
		from += 2;
		const copied = readLength(token & 15) + 4;
		for (let i = 0; i < copied && to < size; i++, to++) output[to] = output[to - distance] ?? 0;
	}
	return output;
}
