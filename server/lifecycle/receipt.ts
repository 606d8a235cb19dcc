// What an erasure says of itself: which sessions it took, and what of them is gone. It is written down while
// the work goes on, since a run that is cut short leaves nothing behind by which the next could tell.
import type { Tombstone, TombstoneRow } from "./tombstones.ts";

export interface Receipt {
	site: number;
	kind: Tombstone["kind"];
	subject: string;
	erasedAt: number;
	/** 0 while the work goes on. */
	finishedAt: number;
	/** When it was last made sure that nothing is left. */
	checkedAt: number;
	sessions: string[];
	/** How much of each kind is gone: recordings, quarantined, chunks (of packs), packs, rows of … */
	counts: Record<string, number>;
	/** Objects that are gone. */
	keys: string[];
}

/** Begins where an earlier run ended, so that the counts add up. */
export function createReceipt(row: TombstoneRow): Receipt {
	if (row.receipt !== null) return JSON.parse(row.receipt) as Receipt;
	return {
		site: row.site,
		kind: row.kind,
		subject: row.subject,
		erasedAt: row.createdAt,
		...{ finishedAt: 0, checkedAt: 0 },
		sessions: row.kind === "session" ? [row.subject] : [],
		counts: {},
		keys: [],
	};
}

/** Once for each object, however often it was tried to delete it. */
export function noteObject(receipt: Receipt, key: string, counts: Record<string, number>): void {
	if (receipt.keys.includes(key)) return;
	receipt.keys.push(key);
	for (const [name, number] of Object.entries(counts)) countGone(receipt, name, number);
}

export function countGone({ counts }: Receipt, name: string, number: number): void {
	counts[name] = (counts[name] ?? 0) + number;
}
