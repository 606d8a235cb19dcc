// Random choices of the long tests, made again by naming their seed: SNAG_TEST_SEED=123 npm run test:slow.
import { randomInt } from "node:crypto";
import { createRandom } from "../../demo/random.ts";

export interface SeededRandom {
	seed: number;
	/** In [0, 1). */
	next: () => number;
	/** A whole number from 0 up to, not including, `end`. */
	below: (end: number) => number;
}

/** A generator whose seed is printed with the name of what it is for. */
export function createSeededRandom(name: string): SeededRandom {
	const seed = Number(process.env.SNAG_TEST_SEED) || randomInt(2 ** 31);
	console.log(`${name}: seed ${seed}`);
	const next = createRandom(seed);
	return { seed, next, below: (end) => Math.floor(next() * end) };
}
