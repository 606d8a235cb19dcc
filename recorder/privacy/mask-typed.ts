// What was typed or chosen leaves the page as bullets only. Their number says roughly how much there
// was (1-5, 6-10, more), so that a replay shows a field being filled and nothing of its content.

const BULLET = "•";

/** Idempotent: masked text stays as it is. */
export function maskTyped(text: string): string {
	if (text === "") return "";
	// Blanks between the elements of an editable text are layout; their number could be typing.
	if (text.trim() === "") return " ";
	return BULLET.repeat(text.length <= 5 ? 5 : text.length <= 10 ? 10 : 16);
}
