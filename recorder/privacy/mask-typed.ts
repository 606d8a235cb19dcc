// What was typed or chosen leaves the page as bullets only. Their number says roughly how much there
// was (1-5, 6-10, more), so that a replay shows a field being filled and nothing of its content. A
// paragraph of a masked page becomes 1, 2, 4, 8 … words of bullets, so that the page keeps its shape.

const BULLET = "•";
const LONGEST_WORDS = 256;

/** Idempotent: masked text stays as it is. */
export function maskTyped(text: string): string {
	const { length } = text;
	// Blanks between the elements of an editable text are layout; their number could be typing.
	if (text.trim() === "") return text && " ";
	return BULLET.repeat(length <= 5 ? 5 : length <= 10 ? 10 : 16);
}

/** Idempotent as well. */
export function maskWords(text: string): string {
	const { length } = text.trim();
	if (length === 0) return text && " ";
	let words = 1;
	while (words < LONGEST_WORDS && words * 6 - 1 < length) words *= 2;
	return `${BULLET.repeat(5)} `.repeat(words).trim();
}
