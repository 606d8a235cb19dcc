// SHA-256 computed by hand (FIPS 180-4), its constants from the primes they are made of, because a table of
// them weighs more than all the rest. A file of its own: only pages over plain http need it.

const WORD = 2 ** 32;

export function hashByHand(bytes: Uint8Array): Uint8Array {
	const rounds: number[] = [];
	const state: number[] = [];
	for (let n = 2; rounds.length < 64; n++) {
		let divisor = 2;
		while (n % divisor > 0) divisor++;
		if (divisor < n) continue;
		if (state.length < 8) state.push((n ** 0.5 * WORD) | 0);
		rounds.push((n ** (1 / 3) * WORD) | 0);
	}
	const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
	new Uint8Array(padded.buffer).set(bytes);
	padded.setUint8(bytes.length, 128);
	padded.setUint32(padded.byteLength - 8, Math.floor((bytes.length * 8) / WORD));
	padded.setUint32(padded.byteLength - 4, bytes.length * 8);
	const w = new Int32Array(64);
	const turn = (x: number, by: number) => (x >>> by) | (x << (32 - by));
	for (let at = 0; at < padded.byteLength; at += 64) {
		let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
		for (let i = 0; i < 64; i++) {
			const [x = 0, y = 0] = [w[i - 15], w[i - 2]];
			w[i] =
				i < 16
					? padded.getInt32(at + i * 4)
					: (w[i - 16] ?? 0) +
						(turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) +
						(w[i - 7] ?? 0) +
						(turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
			const mixed = (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
			const one = h + mixed + (rounds[i] ?? 0) + (w[i] ?? 0);
			const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
			// One by one: a list of them would be made and taken apart in each round.
			h = g;
			g = f;
			f = e;
			e = (d + one) | 0;
			d = c;
			c = b;
			b = a;
			a = (one + two) | 0;
		}
		for (const [i, value] of [a, b, c, d, e, f, g, h].entries()) {
			state[i] = ((state[i] ?? 0) + value) | 0;
		}
	}
	for (const [i, value] of state.entries()) padded.setInt32(i * 4, value);
	return new Uint8Array(padded.buffer, 0, 32);
}
