// A generator of random numbers with a seed (mulberry32), so that a session can be made again.
export interface Random {
	/** 0 … below n. */
	below(n: number): number;
	/** True once in n. */
	once(n: number): boolean;
	pick<T>(list: readonly T[]): T;
}

export function createRandom(seed: number): Random {
	let state = seed >>> 0;
	const below = (n: number) => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
	};
	return {
		below,
		once: (n) => below(n) === 0,
		pick: (list) => {
			if (list.length === 0) throw new Error("nothing to pick from");
			return list[below(list.length)] as (typeof list)[number];
		},
	};
}
