// CRC-32 (IEEE 802.3, the one of gzip and zip). It detects damage and conflicts, never malice.

let table: Uint32Array | undefined;

/** Unsigned CRC-32 of the bytes. */
export function crc32(bytes: Uint8Array): number {
	table ??= createTable();
	let crc = ~0;
	for (let i = 0; i < bytes.length; i++) {
		// Both indexes are in range by construction; the checks only satisfy the compiler.
		crc = (table[(crc ^ (bytes[i] ?? 0)) & 255] ?? 0) ^ (crc >>> 8);
	}
	return ~crc >>> 0;
}

function createTable(): Uint32Array {
	return Uint32Array.from({ length: 256 }, (_, n) => {
		let value = n;
		for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
		return value >>> 0;
	});
}
