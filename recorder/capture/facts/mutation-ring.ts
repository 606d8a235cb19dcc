// The changes of the last seconds as the browser's observer reported them, by reference and unlooked at:
// a page without presses pays for nothing but a place in a list.

/** One call of the observer. */
export interface ChangeBatch {
	at: number;
	records: readonly MutationRecord[];
}

export interface MutationRing {
	add(records: readonly MutationRecord[]): void;
	batches(): readonly ChangeBatch[];
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
	let ring: ChangeBatch[] = [];
	let held = 0;
	let isChanged = false;
	let isWaiting = false;

	const trim = (): void => {
		const since = now() - RING_MS;
		let drop = 0;
		for (const { at, records } of ring) {
			if (at >= since && (held <= RING_RECORDS || drop === ring.length - 1)) break;
			held -= records.length;
			drop++;
		}
		if (drop > 0) ring = ring.slice(drop);
	};
	const tidy = (): void => {
		trim();
		isWaiting = ring.length > 0;
		if (isWaiting) later(tidy, RING_MS);
	};

	return {
		add(records) {
			const kept = records.length > RING_RECORDS ? records.slice(0, RING_RECORDS) : records;
			ring.push({ at: now(), records: kept });
			held += kept.length;
			isChanged = true;
			if (held > RING_RECORDS) trim();
			if (isWaiting) return;
			isWaiting = true;
			later(tidy, RING_MS);
		},
		batches: () => ring,
		hasChanged() {
			const was = isChanged;
			isChanged = false;
			return was;
		},
	};
}
