// The rule that scenarios are judged by, kept samples and fresh ones alike.
import { expect } from "vitest";
import type { Row } from "./judge.ts";

const LEAST_RECALL = 0.95;

export function expectSound(rows: readonly Row[]): void {
	const missing = rows.filter(({ positives, found }) => found < LEAST_RECALL * positives);
	expect(missing.map(({ kind, positives, found }) => `${kind}: ${found} of ${positives}`)).toEqual(
		[],
	);
	const alarming = rows.filter(({ alarms }) => alarms > 0);
	expect(alarming.map(({ kind, alarms }) => `${kind}: ${alarms} false alarms`)).toEqual([]);
}
