// Many differences that are looked at in one go: by chance alone one in twenty of them would be "significant".
// Benjamini and Hochberg where a list may hold some that are none (a ranked list of places), Holm where a
// single false one would be a wrong decision (the variants of an experiment).

/**
 * Which of many differences hold while at most `rate` of those that are said to hold do not
 * (Benjamini and Hochberg 1995).
 * @returns for each probability, in the same order, whether it holds
 */
export function holding(chances: readonly number[], rate = 0.1): boolean[] {
	const ranked = [...chances].sort((a, b) => a - b);
	const last = ranked.findLastIndex((p, rank) => p <= (rate * (rank + 1)) / ranked.length);
	const most = ranked[last] ?? -1;
	return chances.map((p) => p <= most);
}

/**
 * Which of many differences hold while the probability that even one of them does not is at most `rate`
 * (Holm 1979). @returns for each probability, in the same order, whether it holds
 */
export function allHolding(chances: readonly number[], rate = 0.05): boolean[] {
	const ranked = [...chances].sort((a, b) => a - b);
	const failed = ranked.findIndex((p, rank) => p > rate / (ranked.length - rank));
	const first = failed < 0 ? Number.POSITIVE_INFINITY : (ranked[failed] ?? 0);
	return chances.map((p) => p < first);
}
