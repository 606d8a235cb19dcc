// The same CRC-32 as in crc32.ts without its tables: for the recorder, which takes it of short texts and of
// facts that go with a page, and where code costs more than the time that it saves.

/** @returns unsigned CRC-32 of the bytes */
export function crc32Bitwise(bytes: Uint8Array): number {
	let crc = ~0;
	for (const byte of bytes) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (-(crc & 1) & 0xedb88320);
	}
	return ~crc >>> 0;
}
