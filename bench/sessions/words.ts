// Text and numbers of generated sessions. Words are drawn from a skewed distribution, as in any
// language: evenly drawn ones would compress too badly, a repeated sentence too well.

export type Random = () => number;

export interface Words {
	/** A whole number from `from` up to, not including, `to`. */
	number(from: number, to: number): number;
	pick<T>(list: readonly T[]): T;
	text(words: number): string;
}

const VOCABULARY = 1800;
const SYLLABLES = "ba ke lo mi nu ra se ti vo wa dri flo gna pre sta tro shi clu".split(" ");

export function createWords(random: Random): Words {
	const number = (from: number, to: number) => from + Math.floor(random() * (to - from));
	const pick = <T>(list: readonly T[]): T => list[number(0, list.length)] as T;
	const word = () => Array.from({ length: number(1, 5) }, () => pick(SYLLABLES)).join("");
	const vocabulary = Array.from({ length: VOCABULARY }, word);
	return {
		number,
		pick,
		// The cube makes the first words of the vocabulary the frequent ones.
		text: (words) =>
			Array.from(
				{ length: words },
				() => vocabulary[Math.floor(random() ** 3 * VOCABULARY)] ?? "",
			).join(" "),
	};
}
