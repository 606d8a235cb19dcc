// The changes of the last seconds as the browser's observer reported them, by reference and unlooked at:
// a page without presses pays for nothing but a place in a list.

/** One call of the observer. */
export type ChangeBatch = [at: number, records: readonly MutationRecord[]];

export interface MutationRing {
	add(records: readonly MutationRecord[]): void;
	batches: readonly ChangeBatch[];
	/** Does anything happen in the page at all? Asked again it says so only for what came since. */
	hasChanged(): boolean;
}

export const RING_MS = 5000;
const RING_RECORDS = 2000;

/** @param later so that removed elements are not kept alive by a page that has come to rest */
export function createMutationRing(
	now: () => number,
	later: (work: () => void, ms: number) => void,
): MutationRing {
	const batches: ChangeBatch[] = [];
	let held = 0;
	let isChanged = false;
	let isWaiting = false;

	const trim = (): void => {
		const since = now() - RING_MS;
		for (let [first] = batches; first; [first] = batches) {
			if (first[0] >= since && (held <= RING_RECORDS || batches.length === 1)) break;
			held -= first[1].length;
			batches.shift();
		}
	};
	const tidy = (): void => {
		trim();
		isWaiting = batches.length > 0;
		if (isWaiting) later(tidy, RING_MS);
	};

	return {
		add(records) {
			const kept = records.slice(0, RING_RECORDS);
			batches.push([now(), kept]);
			held += kept.length;
			isChanged = true;
			trim();
			if (isWaiting) return;
			isWaiting = true;
			later(tidy, RING_MS);
		},
		batches,
		hasChanged() {
			const was = isChanged;
			isChanged = false;
			return was;
		},
	};
}
