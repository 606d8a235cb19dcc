// How far a list, a report or a map looks back, as text in an address: whole or broken days.

export const DEFAULT_DAYS = "28";
export const PERIODS = ["1", "7", DEFAULT_DAYS, "90"] as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Epoch ms from which on it looks; what is no number of days is the default. */
export function sinceOf(days: string, now: number): number {
	const count = Number(days || DEFAULT_DAYS);
	const back = (count > 0 ? count : Number(DEFAULT_DAYS)) * DAY_MS;
	return Math.max(0, Math.floor(now - back));
}
