// A pack: an immutable object with the chunks that arrived together, from any session.
//
//   ┌──────┬───────────────────────────────┬─ … ─┬───────┬─────┬─────┬─────┬──────┐
//   │ SNP1 │ entry                         │     │ table │ u32 │ u32 │ u32 │ SNPE │
//   └──────┴───────────────────────────────┴─────┴───────┴─────┴─────┴─────┴──────┘
//           entry = u32 head length, u32 chunk length, u32 CRC-32 of head and chunk, head, chunk
//           table = JSON list of [offset, length] of the entries; the three numbers behind it are the
//           number of entries, the table's length and its CRC-32
//
// An entry can be checked and read alone by its offset and length, so one range request fetches one
// chunk; a pack whose tail is torn is read from the front up to the last good entry. Nothing is looked
// for behind a bad entry: a chunk's bytes are a visitor's and may hold what looks like an entry.
import { type Crc32, crc32 } from "./crc32.ts";

const MAGIC = [0x53, 0x4e, 0x50, 0x31];
const END = [0x53, 0x4e, 0x50, 0x45];
const ENTRY_BYTES = 12;
const FOOTER_BYTES = 16;

/** What the server knows of a chunk beyond its own words. Never the address it came from. */
export interface EntryHead {
	site: number;
	/** Epoch ms of the server's clock. */
	receivedAt: number;
	/** Epoch ms of the page's clock when the chunk was sent, 0 where it did not say. */
	sentAt: number;
	attempt: number;
	userAgent: string;
	/** CRC-32 of the chunk: equal identity with another CRC is a conflict. */
	crc: number;
}

export interface Entry {
	head: EntryHead;
	chunk: Uint8Array;
}

export interface EntryPlace {
	offset: number;
	length: number;
}

/** What every pack begins with; entries follow, then the footer. */
export const PACK_HEAD: Uint8Array = Uint8Array.from(MAGIC);

/**
 * @param crcOf the platform's own, where it has one
 * @returns the pack's bytes and where in them each entry stands, in the order given
 */
export function encodePack(
	entries: readonly Entry[],
	crcOf: Crc32 = crc32,
): { bytes: Uint8Array<ArrayBuffer>; places: EntryPlace[] } {
	const laid = layOut(entries, PACK_HEAD.length);
	const footer = encodeFooter(laid.places);
	const bytes = new Uint8Array(laid.end + footer.length);
	bytes.set(PACK_HEAD);
	writeEntries(bytes, laid.entries, crcOf);
	bytes.set(footer, laid.end);
	return { bytes, places: laid.places };
}

/**
 * Entries to append to a pack that has no footer yet.
 * @param offset where in the pack the first one will stand
 * @param crcOf the platform's own, where it has one
 */
export function encodeEntries(
	entries: readonly Entry[],
	offset: number,
	crcOf: Crc32 = crc32,
): { bytes: Uint8Array<ArrayBuffer>; places: EntryPlace[] } {
	const laid = layOut(entries, offset);
	const bytes = new Uint8Array(laid.end - offset);
	writeEntries(
		bytes,
		laid.entries.map((entry) => ({ ...entry, offset: entry.offset - offset })),
		crcOf,
	);
	return { bytes, places: laid.places };
}

interface LaidEntry {
	offset: number;
	head: Uint8Array;
	chunk: Uint8Array;
}

function layOut(entries: readonly Entry[], offset: number) {
	const encoder = new TextEncoder();
	const laid: LaidEntry[] = [];
	const places: EntryPlace[] = [];
	let end = offset;
	for (const { head, chunk } of entries) {
		const bytes = encoder.encode(JSON.stringify(head));
		const length = ENTRY_BYTES + bytes.length + chunk.length;
		laid.push({ offset: end, head: bytes, chunk });
		places.push({ offset: end, length });
		end += length;
	}
	return { entries: laid, places, end };
}

/** What ends a pack whose entries stand at these places. */
export function encodeFooter(places: readonly EntryPlace[]): Uint8Array<ArrayBuffer> {
	const list = places.map(({ offset, length }) => [offset, length]);
	const table = new TextEncoder().encode(JSON.stringify(list));
	const bytes = new Uint8Array(table.length + FOOTER_BYTES);
	bytes.set(table);
	const view = new DataView(bytes.buffer, table.length);
	view.setUint32(0, places.length, true);
	view.setUint32(4, table.length, true);
	view.setUint32(8, crc32(table), true);
	bytes.set(END, bytes.length - END.length);
	return bytes;
}

/**
 * All intact entries of a pack, in order. Damage ends the reading of what cannot be trusted: `torn`
 * says that bytes were left unread. Never throws, whatever the bytes are.
 */
export function decodePack(bytes: Uint8Array): { entries: (Entry & EntryPlace)[]; torn: boolean } {
	const entries: (Entry & EntryPlace)[] = [];
	const table = readTable(bytes);
	if (table !== undefined) {
		for (const { offset, length } of table) {
			const entry = decodeEntry(bytes.subarray(offset, offset + length));
			if (entry?.length === length) entries.push({ ...entry, offset });
		}
		return { entries, torn: entries.length < table.length };
	}
	if (!hasBytes(bytes, 0, MAGIC)) return { entries, torn: true };
	for (let offset = MAGIC.length; ; ) {
		const entry = decodeEntry(bytes.subarray(offset));
		if (entry === undefined) return { entries, torn: true };
		entries.push({ head: entry.head, chunk: entry.chunk, offset, length: entry.length });
		offset += entry.length;
	}
}

/** Bytes that begin with an entry → the entry, or undefined where it is cut or damaged. */
export function decodeEntry(bytes: Uint8Array): (Entry & { length: number }) | undefined {
	if (bytes.length < ENTRY_BYTES) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const headLength = view.getUint32(0, true);
	const length = ENTRY_BYTES + headLength + view.getUint32(4, true);
	if (length > bytes.length) return undefined;
	if (crc32(bytes.subarray(ENTRY_BYTES, length)) !== view.getUint32(8, true)) return undefined;
	// Twelve zero bytes, the tail of a file after a crash, fit their CRC: the head must be one as well.
	const head = parseJson(bytes.subarray(ENTRY_BYTES, ENTRY_BYTES + headLength));
	if (!isEntryHead(head)) return undefined;
	return { head, chunk: bytes.subarray(ENTRY_BYTES + headLength, length), length };
}

function writeEntries(bytes: Uint8Array, entries: readonly LaidEntry[], crcOf: Crc32): void {
	const view = new DataView(bytes.buffer);
	for (const { offset, head, chunk } of entries) {
		const start = offset + ENTRY_BYTES;
		const end = start + head.length + chunk.length;
		view.setUint32(offset, head.length, true);
		view.setUint32(offset + 4, chunk.length, true);
		bytes.set(head, start);
		bytes.set(chunk, start + head.length);
		view.setUint32(offset + 8, crcOf(bytes.subarray(start, end)), true);
	}
}

function readTable(bytes: Uint8Array): EntryPlace[] | undefined {
	const footer = bytes.length - FOOTER_BYTES;
	if (footer < MAGIC.length || !hasBytes(bytes, bytes.length - END.length, END)) return undefined;
	const view = new DataView(bytes.buffer, bytes.byteOffset + footer, FOOTER_BYTES);
	const start = footer - view.getUint32(4, true);
	if (start < MAGIC.length) return undefined;
	const table = bytes.subarray(start, footer);
	if (crc32(table) !== view.getUint32(8, true)) return undefined;
	const places = parseJson(table);
	if (!Array.isArray(places) || !places.every((place) => isPlace(place, start))) return undefined;
	return places.map(([offset, length]) => ({ offset, length }));
}

function isPlace(value: unknown, end: number): value is [offset: number, length: number] {
	if (!Array.isArray(value) || !value.every(Number.isSafeInteger)) return false;
	const [offset, length] = value as number[];
	if (offset === undefined || length === undefined) return false;
	return offset >= MAGIC.length && length >= ENTRY_BYTES && offset + length <= end;
}

function isEntryHead(value: unknown): value is EntryHead {
	if (typeof value !== "object" || value === null) return false;
	const head = value as Record<string, unknown>;
	const counts = [head.site, head.receivedAt, head.sentAt, head.attempt, head.crc];
	return counts.every(Number.isFinite) && typeof head.userAgent === "string";
}

/** @returns undefined where the bytes are no JSON, which is no value of JSON */
function parseJson(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(bytes));
	} catch {
		return undefined;
	}
}

function hasBytes(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
	return wanted.every((byte, index) => bytes[at + index] === byte);
}
