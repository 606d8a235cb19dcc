// What of a visible text may be sent as a label: enough to recognise a button or a title, nothing
// that identifies a person. E-mail addresses, runs of four digits and more, and long tokens are masked.

const MASKED = [
	/[^\s@]+@\S+\.\S+/g,
	/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{20,}/gi,
	// Digits of any script, and the hyphens that typesetters put into phone numbers.
	/\+?\p{Nd}[\p{Nd}\s().,/\-\u2010-\u2012]{2,}\p{Nd}/gu,
];
/** The beginning of something that may be private, cut off by the limit on what is looked at. */
const CUT = /[\w@.+%-]+$/;

/** Text → one line of at most `length` characters with private-looking parts as `•••`. */
export function maskText(text: string, length = 80): string {
	const start = text.slice(0, length * 4);
	let line = (start.length < text.length ? start.replace(CUT, "") : start)
		.replace(/\s+/g, " ")
		.trim();
	for (const pattern of MASKED) line = line.replace(pattern, maskNumber);
	if (line.length <= length) return line;
	// Half of a surrogate pair is no character.
	return `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Short numbers and prices are labels ("2 items", "24.00"); four digits in a row or more are not. */
function maskNumber(match: string): string {
	const isNumber = /^[\p{Nd}\s().,/+\-\u2010-\u2012]+$/u.test(match);
	const digits = match.match(/\p{Nd}/gu)?.length ?? 0;
	return isNumber && digits < 5 && !/\p{Nd}{4}/u.test(match) ? match : "•••";
}
