// As much of CSS as it takes to count the rules of a sheet and to say that a browser will surely take one:
// blocks, strings and comments (CSS Syntax 3 §5.3), the at-rules browsers know, and plain selectors.
// Whatever is not plain is unsure, never wrong.
export interface ReadRule {
	/** Up to the block or the semicolon, trimmed. */
	prelude: string;
	/** What stands between the braces; undefined without a block. */
	body: string | undefined;
}

const CLOSERS: Record<string, string> = { "{": "}", "(": ")", "[": "]" };
/** At-rules that have a block and make one rule. */
const BLOCK_RULES =
	/^@(?:media|supports|(?:-webkit-)?keyframes|font-face|page|layer|container|property|counter-style|scope|starting-style|font-feature-values|font-palette-values|view-transition|position-try)(?![\w-])/i;
const LINE_RULES = /^@(?:layer|namespace|import)(?![\w-])/i;
/** Those a browser takes whatever stands behind the name. */
const SURE_RULES =
	/^@(?:media|supports|font-face)(?![\w-])|^@(?:-webkit-)?keyframes\s+[a-z_][\w-]*$/i;
const PSEUDO =
	"hover|focus|active|before|after|first-child|last-child|root|checked|disabled|focus-visible|focus-within|host|empty|link|visited|placeholder";
const COMPOUND = `(?:\\*|[a-z][\\w-]*)?(?:[.#][a-z_][\\w-]*|::?(?:${PSEUDO})(?![\\w-])|\\[[a-z][\\w-]*(?:[~|^$*]?=(?:"[^"\\\\\\n]*"|[a-z][\\w-]*))?\\])*`;
const SURE_SELECTOR = new RegExp(`^${COMPOUND}(?:[ >+~,]${COMPOUND})*$`, "i");
/** A selector longer than this is not looked at. */
const SELECTOR_MAX = 500;

/** The rules of a sheet or a block, in order, unknown at-rules left out as browsers do. */
export function readRules(css: string): ReadRule[] {
	const rules: ReadRule[] = [];
	for (let at = 0; at < css.length; ) {
		const { rule, end } = readRule(css, at);
		at = end;
		if (rule !== undefined && isKnown(rule)) rules.push(rule);
	}
	return rules;
}

/** Whether any browser takes the text as one rule. */
export function isSureRule(text: string): boolean {
	const { rule, end } = readRule(text, 0);
	if (rule?.body === undefined || text.slice(end).trim() !== "" || !text.trimEnd().endsWith("}")) {
		return false;
	}
	const { prelude } = rule;
	if (prelude.startsWith("@")) return SURE_RULES.test(prelude);
	return prelude !== "" && prelude.length <= SELECTOR_MAX && isSureSelector(prelude);
}

function isSureSelector(prelude: string): boolean {
	const selector = prelude.replace(/\s+/g, " ").replace(/ ?([>+~,]) ?/g, "$1");
	// Every compound may be empty in the pattern, so that it never goes back; here none may be.
	if (/^[>+~,]|[>+~, ]$|[>+~,][>+~,]/.test(selector)) return false;
	return SURE_SELECTOR.test(selector);
}

function isKnown({ prelude, body }: ReadRule): boolean {
	if (!prelude.startsWith("@")) return body !== undefined;
	return (body === undefined ? LINE_RULES : BLOCK_RULES).test(prelude);
}

function readRule(css: string, start: number): { rule: ReadRule | undefined; end: number } {
	const closers: string[] = [];
	let prelude: string | undefined;
	let bodyAt = 0;
	let at = start;
	while (at < css.length) {
		const char = css.charAt(at);
		const skipped = skip(css, at);
		if (skipped > at) {
			at = skipped;
			continue;
		}
		if (closers.length === 0 && char === ";" && css.slice(start, at).trimStart().startsWith("@")) {
			return { rule: { prelude: clean(css.slice(start, at)), body: undefined }, end: at + 1 };
		}
		if (closers.length === 0 && char === "{") {
			prelude = clean(css.slice(start, at));
			bodyAt = at + 1;
		}
		const closer = CLOSERS[char];
		if (closer !== undefined) closers.push(closer);
		else if (char === closers.at(-1)) closers.pop();
		at++;
		if (closers.length === 0 && prelude !== undefined) {
			return { rule: { prelude, body: css.slice(bodyAt, at - 1) }, end: at };
		}
	}
	if (prelude === undefined) return { rule: undefined, end: css.length };
	return { rule: { prelude, body: css.slice(bodyAt) }, end: css.length };
}

/** Behind a comment, a string or an escape that begins here. */
function skip(css: string, at: number): number {
	const char = css.charAt(at);
	if (char === "\\") return at + 2;
	if (char === "/" && css.charAt(at + 1) === "*") {
		const end = css.indexOf("*/", at + 2);
		return end < 0 ? css.length : end + 2;
	}
	if (char !== '"' && char !== "'") return at;
	for (let end = at + 1; end < css.length; end++) {
		const inner = css.charAt(end);
		if (inner === "\\") end++;
		else if (inner === char || inner === "\n") return end + 1;
	}
	return css.length;
}

function clean(prelude: string): string {
	return prelude.replace(/\/\*[\s\S]*?\*\//g, "").trim();
}
