// What of a visible text may leave the page: enough to read a page, a button or a title, nothing that
// identifies a person. E-mail addresses, runs of four digits and more, account numbers and long tokens
// are masked. Every text of a page goes through here, so most must be let go by one look.

/** Without any of these nothing below finds anything. Digits of any script. */
const SUSPECT = /[@\p{Nd}]/u;
const WORD = /\S+/g;
const ACCOUNT = /\b[A-Z]{2}\d\d(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?\b/g;
const TOKEN = /eyJ[\w.-]{17,}|[\w-]{20,}/g;
/** With the hyphens that typesetters put into phone numbers. */
const NUMBER = /\+?\p{Nd}[\p{Nd}\s().,/\-\u2010-\u2012]{2,}\p{Nd}/gu;
/** The beginning of something that may be private, cut off by the limit on what is looked at, in any script. */
const CUT = /\S{1,240}$/;
const REDACTED = "•••";

/** Text → the same with private-looking parts as `•••`. Idempotent, and linear in its length. */
export function redactText(text: string): string {
	if (!SUSPECT.test(text)) return text;
	const line = text
		.replace(ACCOUNT, REDACTED)
		.replace(TOKEN, maskToken)
		.replace(NUMBER, maskNumber);
	// Last, because what the others take away may have joined two words to one.
	return line.includes("@") ? line.replace(WORD, maskAddress) : line;
}

/** Text → one line of at most `length` characters with private-looking parts as `•••`. */
export function maskText(text: string, length = 80): string {
	const start = text.slice(0, length * 4);
	const line = redactText(
		(start.length < text.length ? start.replace(CUT, "") : start).replace(/\s+/g, " ").trim(),
	);
	if (line.length <= length) return line;
	// Half of a surrogate pair is no character.
	return `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

function maskAddress(word: string): string {
	const at = word.search(/[^@]@/);
	return at >= 0 && word.slice(at + 3, -1).includes(".") ? REDACTED : word;
}

function maskToken(word: string): string {
	return word.startsWith("eyJ") || (/\d/.test(word) && /[a-z]/i.test(word)) ? REDACTED : word;
}

/** Short numbers, prices and years are labels ("2 items", "24.00", "since 2011"); longer ones are not. */
function maskNumber(match: string): string {
	const digits = match.match(/\p{Nd}/gu)?.length ?? 0;
	const isLabel = digits < 5 && !/\p{Nd}{4}/u.test(match);
	return isLabel || /^(?:19|20)\d\d$/.test(match) ? match : REDACTED;
}
