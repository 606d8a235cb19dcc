// Work that costs memory waits its turn.

export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

/** Runs at most `limit` pieces of work at once, in the order they came. */
export function createQueue(limit: number): Queue {
	let running = 0;
	const waiting: (() => void)[] = [];
	return async (work) => {
		if (running >= limit) await new Promise<void>((next) => waiting.push(next));
		else running++;
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next === undefined) running--;
			else next();
		}
	};
}
