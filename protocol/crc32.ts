// CRC-32 (IEEE 802.3, the one of gzip and zip). It detects damage and conflicts, never malice. Four bytes
// at a time by four tables, after Kounavis and Berry ("slicing"), since every byte stored goes through it.

const SLICES = 4;

let table: Uint32Array | undefined;

/** @returns unsigned CRC-32 of the bytes */
export type Crc32 = (bytes: Uint8Array) => number;

/** Where the platform has none of its own. */
export function crc32(bytes: Uint8Array): number {
	table ??= createTable();
	// All indexes are in range by construction; the checks only satisfy the compiler.
	const look = table;
	const whole = bytes.length - (bytes.length % SLICES);
	let crc = ~0;
	for (let i = 0; i < whole; i += SLICES) {
		crc ^= (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8);
		crc ^= ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
		crc =
			(look[768 + (crc & 255)] ?? 0) ^
			(look[512 + ((crc >>> 8) & 255)] ?? 0) ^
			(look[256 + ((crc >>> 16) & 255)] ?? 0) ^
			(look[crc >>> 24] ?? 0);
	}
	for (let i = whole; i < bytes.length; i++) {
		crc = (look[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
	}
	return ~crc >>> 0;
}

/** Of one byte, then of that byte with one, two and three zero bytes behind it. */
function createTable(): Uint32Array {
	const made = new Uint32Array(256 * SLICES);
	for (let i = 0; i < made.length; i++) {
		let value = i < 256 ? i : (made[i - 256] ?? 0);
		for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
		made[i] = value;
	}
	return made;
}
