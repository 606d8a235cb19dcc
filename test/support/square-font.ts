// A TrueType font with two glyphs: nothing, and for the letter A a square that fills its line. What is set
// in it is a block of colour, which a test finds in the pixels.

const EM = 1000;
const SQUARE: readonly [x: number, y: number][] = [
	...([
		[0, 0],
		[0, EM],
		[EM, EM],
		[EM, 0],
	] as const),
].map(([x, y]) => [x, y]);

export function createSquareFont(): Buffer {
	const glyph = words([1, 0, 0, EM, EM, 3, 0]);
	// On the curve, each coordinate a word, as a difference.
	const flags = Buffer.from([1, 1, 1, 1]);
	const differences = [0, 1].map((axis) =>
		SQUARE.map((point, index) => (point[axis] ?? 0) - (SQUARE[index - 1]?.[axis] ?? 0)),
	);
	const square = Buffer.concat([glyph, flags, words(differences.flat())]);
	const table = [4, 0x20, 0, 4, 4, 1, 0, 0x41, 0xffff, 0, 0x41, 0xffff, -0x40, 1, 0, 0];
	const tables: Record<string, Buffer> = {
		"OS/2": Buffer.concat([
			words([0, EM, 400, 5, 0]),
			Buffer.alloc(54),
			words([0x41, 0x41, EM, 0, 0, EM, 0]),
		]),
		cmap: words([0, 1, 3, 1, 0, 12, ...table]),
		glyf: square,
		head: Buffer.concat([
			words([1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 3, EM]),
			Buffer.alloc(16),
			words([0, 0, EM, EM, 0, 8, 2, 0, 0]),
		]),
		hhea: words([1, 0, EM, 0, 0, EM, 0, 0, EM, 1, 0, 0, 0, 0, 0, 0, 0, 2]),
		hmtx: words([EM, 0, EM, 0]),
		loca: words([0, 0, square.length / 2]),
		maxp: words([1, 0, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]),
		name: words([0, 0, 6]),
		post: Buffer.concat([words([3, 0]), Buffer.alloc(28)]),
	};
	return join(Object.entries(tables));
}

function join(tables: readonly (readonly [tag: string, bytes: Buffer])[]): Buffer {
	let offset = 12 + 16 * tables.length;
	const rows = tables.map(([tag, bytes]) => {
		const place = Buffer.alloc(12);
		place.writeUInt32BE(offset, 4);
		place.writeUInt32BE(bytes.length, 8);
		offset += padded(bytes).length;
		return Buffer.concat([Buffer.from(tag.padEnd(4), "latin1"), place]);
	});
	const start = words([1, 0, tables.length, 128, 3, 16 * tables.length - 128]);
	return Buffer.concat([start, ...rows, ...tables.map(([, bytes]) => padded(bytes))]);
}

function padded(bytes: Buffer): Buffer {
	return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

function words(values: readonly number[]): Buffer {
	const bytes = Buffer.alloc(values.length * 2);
	for (const [index, value] of values.entries()) bytes.writeUInt16BE(value & 0xffff, index * 2);
	return bytes;
}
