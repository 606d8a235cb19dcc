// What of a visible text may be sent as a label: enough to recognise a button or a title, nothing
// that identifies a person. E-mail addresses, runs of four digits and more, and long tokens are masked.

const MASKED = [
	/[^\s@]+@[^\s@]+\.[^\s@]+/g,
	/\+?\d[\d\s().,/-]{2,}\d/g,
	/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gi,
];

/** Text → one line of at most `length` characters with private-looking parts as `•••`. */
export function maskText(text: string, length = 80): string {
	let line = text
		.slice(0, length * 4)
		.replace(/\s+/g, " ")
		.trim();
	for (const pattern of MASKED) line = line.replace(pattern, maskNumber);
	return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** Short numbers and prices are labels ("2 items", "24.00"); four digits in a row or more are not. */
function maskNumber(match: string): string {
	if (
		/^[\d\s().,/+-]+$/.test(match) &&
		match.replace(/\D/g, "").length < 5 &&
		!/\d{4}/.test(match)
	) {
		return match;
	}
	return "•••";
}
