// How binary formats are put together: by a list of their parts.

/** Parts are bytes or lists of numbers, of which the lowest eight bits count. */
export function joinBytes(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(sumLengths(parts));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}

/** The lowest 32 bits, little-endian. */
export function u32(value: number): number[] {
	return [value, value >> 8, value >> 16, value >> 24];
}

export function sumLengths(parts: readonly { length: number }[]): number {
	return parts.reduce((sum, { length }) => sum + length, 0);
}
