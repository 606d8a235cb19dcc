// Makes `:hover` visible in a replay, where no pointer of ours hovers: every rule gets a twin for the
// class that rrweb gives to what is under the recorded pointer, and queries for the size of a device ask
// for the size of the frame. rrweb does the same through a CSS parser, 110 ms for 6,000 rules on the
// page's own thread; reading no more than where a rule begins takes two.

/** What ends or hides a prelude. Between two of these nothing has to be looked at. */
const MARKS = /["'(){};[\]]|\/\*|\\/g;
const DEVICE_SIZE = /(max|min)-device-(width|height)/g;

/** A style sheet → the same with `.\:hover` beside each `:hover`. */
export function adaptHover(css: string): string {
	if (!css.includes(":hover") && !css.includes("-device-")) return css;
	let out = "";
	let copied = 0;
	let begin = 0;
	let depth = 0;
	const end = (at: number) => {
		const prelude = css.slice(begin, at);
		const adapted = adaptPrelude(prelude, css[at] === "{");
		if (adapted === prelude) return;
		out += css.slice(copied, begin) + adapted;
		copied = at;
	};
	MARKS.lastIndex = 0;
	for (let match = MARKS.exec(css); match !== null; match = MARKS.exec(css)) {
		const [mark] = match;
		if (mark === "\\") MARKS.lastIndex = match.index + 2;
		else if (mark === "/*") MARKS.lastIndex = endOfComment(css, match.index);
		else if (mark === '"' || mark === "'") MARKS.lastIndex = endOfString(css, match.index);
		else if (mark === "(" || mark === "[") depth++;
		else if (mark === ")" || mark === "]") depth = Math.max(0, depth - 1);
		else if (depth === 0) {
			end(match.index);
			begin = match.index + 1;
		}
	}
	return out === "" ? css : out + css.slice(copied);
}

function adaptPrelude(prelude: string, opens: boolean): string {
	if (prelude.trimStart().startsWith("@")) {
		return prelude.includes("-device-") ? prelude.replace(DEVICE_SIZE, "$1-$2") : prelude;
	}
	if (!opens || !prelude.includes(":hover")) return prelude;
	const twins = splitSelectors(prelude)
		.filter((selector) => selector.includes(":hover"))
		.map((selector) => `,\n${selector.trim().replaceAll(":hover", ".\\:hover")}`);
	return prelude.trimEnd() + twins.join("");
}

/** At the commas that separate selectors, not at those inside of `:is(a, b)` or `[title="a, b"]`. */
function splitSelectors(prelude: string): string[] {
	const text = prelude.replace(/\/\*[\s\S]*?\*\//g, "");
	const selectors: string[] = [];
	let begin = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const char = text.charAt(at);
		if (char === "\\") at++;
		else if (char === '"' || char === "'") at = endOfString(text, at) - 1;
		else if (char === "(" || char === "[") depth++;
		else if (char === ")" || char === "]") depth--;
		else if (char === "," && depth <= 0) {
			selectors.push(text.slice(begin, at));
			begin = at + 1;
		}
	}
	return [...selectors, text.slice(begin)];
}

function endOfComment(css: string, at: number): number {
	const end = css.indexOf("*/", at + 2);
	return end < 0 ? css.length : end + 2;
}

/** A string that is never closed ends with its line. */
function endOfString(css: string, at: number): number {
	const quote = css.charAt(at);
	for (let next = at + 1; next < css.length; next++) {
		const char = css.charAt(next);
		if (char === "\\") next++;
		else if (char === quote || char === "\n") return next + 1;
	}
	return css.length;
}
