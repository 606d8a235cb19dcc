// Random choices and texts from a seed, the same in every visit.
import { createRandom as createGenerator } from "../../../demo/random.ts";

export interface Random {
	/** In [0, 1). */
	next(): number;
	/** A whole number from 0 up to, not including, `end`. */
	below(end: number): number;
	words(count: number): string;
}

const WORDS =
	"order basket delivery invoice customer refund station window garden river harbour letter copper lantern meadow orchard pepper signal timber velvet willow anchor bridge candle desert engine forest glacier hammer island jacket kettle ladder marble needle ocean planet quarry ribbon saddle".split(
		" ",
	);

export function createRandom(seed: number): Random {
	const next = createGenerator(seed);
	const below = (end: number) => Math.floor(next() * end);
	return {
		...{ next, below },
		words: (count) => Array.from({ length: count }, () => WORDS[below(WORDS.length)]).join(" "),
	};
}
