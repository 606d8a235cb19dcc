// The pattern of a rule that shows many pages as one: `*` stands for anything, `:name` for one whole
// segment, all else for itself; upper and lower case are one, as in the rules of what is recorded. Both
// the viewer, as somebody types, and the server say what is wrong with one, by this function.
//
// Not one expression for a whole pattern: with several `*` in it, that tries every way to share a page
// among them. Here each piece between two `*` is looked for once, from the end of the one before, which
// finds a match wherever there is one.
import { spellWritten } from "./page-rule.ts";

export const GLOB_CHARS = 300;
const UNPRINTABLE = /\p{C}/u;
const NAME = /^:[a-z]\w*$/i;
const EXAMPLE = "/product/:slug";

/** What was typed → a pattern as it is kept, or what is wrong with it, in words. */
export function parsePageGlob(typed: string): { pattern: string } | { problem: string } {
	const text = typed.trim();
	if (text === "") return { problem: `Type a pattern, as ${EXAMPLE}.` };
	if (text.length > GLOB_CHARS)
		return { problem: `A pattern has at most ${GLOB_CHARS} characters.` };
	if (UNPRINTABLE.test(text)) return { problem: "It has characters that cannot be seen." };
	if (/^https?:\/\//i.test(text)) {
		return { problem: `Only the path: ${URL_PATH.exec(text)?.[1] || "/"}` };
	}
	if (/[?#]/.test(text)) {
		return { problem: "A page has no query and no fragment: leave out what follows ? or #." };
	}
	if (!/^[/*]/.test(text)) return { problem: `A pattern begins with a slash: /${text}` };
	if (text.includes("**")) return { problem: "One * stands for anything already, slashes too." };
	const segments = text.split("/").filter((segment) => segment !== "");
	const wrong = segments.find((segment) => segment.startsWith(":") && !NAME.test(segment));
	if (wrong !== undefined) {
		return {
			problem: `“${wrong}” is no name: after the colon come a letter, then letters or digits, and nothing else in that segment.`,
		};
	}
	return { pattern: `${text.startsWith("/") ? "/" : ""}${segments.join("/")}` };
}

const URL_PATH = /^https?:\/\/[^/?#]*([^?#]*)/i;

/** A page as globs compare it. */
export function spellPage(page: string): string {
	return spellWritten(page);
}

/** @returns whether a page, as `spellPage` gives it, is one of the pattern's */
export function createPageGlob(pattern: string): (spelt: string) => boolean {
	const sources = spellPage(pattern).split("*").map(toSource);
	const last = sources.length - 1;
	const pieces = sources.map(
		(source, at) => new RegExp(`${at === 0 ? "^" : ""}${source}${at === last ? "/?$" : ""}`, "i"),
	);
	return (spelt) => {
		let rest = spelt;
		for (const piece of pieces) {
			const found = piece.exec(rest);
			if (found === null) return false;
			rest = rest.slice(found.index + found[0].length);
		}
		return true;
	};
}

/** What stands before the first slash of a piece is the rest of a segment, and no name. */
function toSource(piece: string): string {
	return piece
		.split("/")
		.map((part, at) => (at > 0 && NAME.test(part) ? "[^/]+" : part.replace(/[^\w%-]/g, "\\$&")))
		.join("/");
}
