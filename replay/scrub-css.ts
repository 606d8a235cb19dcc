// Takes out of CSS what a browser would load. CSS has escapes, comments and strings (`u\72l(…)`,
// `@im/**/port`), so this reads tokens as CSS Syntax 3 §4.3 does; a pattern over the text would see
// other tokens than the browser, and what it kept could still load. Names become unknown ones instead of
// being cut out: what follows is then skipped by the browser exactly as it would have been read.
import { isSafeInCss } from "./scrub-url.ts";

const MAY_LOAD = /\\|@import|(?:url|image|image-set|src|cross-fade|filter|expression)\(/i;
/** Functions whose strings are URLs. */
const LOADERS =
	/^(?:url|(?:-webkit-)?image-set|image|src|(?:-webkit-)?cross-fade|filter|expression)$/;
/** Anything else inside of those could stand for a string (`var`, `attr`, custom functions). */
const HARMLESS = /^(?:type|calc|(?:rgb|hsl)a?|[a-z-]+-gradient)$/;

const BACKSLASH = 0x5c;
const NAME_CODES = Uint8Array.from({ length: 128 }, (_, code) =>
	/[\w-]/.test(String.fromCharCode(code)) ? 1 : 0,
);

interface Block {
	closer: string;
	name: string;
}

/** A style sheet, a rule or a value → the same without what it would load. */
export function scrubCss(css: string): string {
	if (!MAY_LOAD.test(css)) return css;
	const text = css.replace(/\r\n?|\f/g, "\n").replaceAll("\0", "\ufffd");
	const open: Block[] = [];
	let loaders = 0;
	let out = "";
	let copied = 0;
	let at = 0;
	const replace = (from: number, to: number, by: string) => {
		out += text.slice(copied, from) + by;
		copied = to;
	};
	const enter = (closer: string, name: string) => {
		open.push({ closer, name });
		if (LOADERS.test(name)) loaders++;
	};
	const leave = (closer: string) => {
		if (open.at(-1)?.closer !== closer) return;
		if (LOADERS.test(open.pop()?.name ?? "")) loaders--;
	};

	while (at < text.length) {
		const start = at;
		const char = text.charAt(start);
		if (text.startsWith("/*", start)) {
			const end = text.indexOf("*/", start + 2);
			at = end < 0 ? text.length : end + 2;
		} else if (char === '"' || char === "'") {
			at = endOfString(text, start);
			const isUrl = loaders > 0 && open.at(-1)?.name !== "type";
			if (isUrl && !isSafeInCss(decodeString(text.slice(start, at)))) replace(start, at, '""');
		} else if (text.startsWith("<!--", start)) {
			at = start + 4;
		} else if (char === "#" || char === "@") {
			at = endOfName(text, start + 1);
			const isImport = char === "@" && decodeName(text.slice(start + 1, at)) === "import";
			if (isImport) replace(start, at, "@snag-import");
		} else if (isNameStart(text, start)) {
			at = endOfName(text, start);
			const name = decodeName(text.slice(start, at));
			const range =
				name === "u" ? /^\+[0-9a-f?]+(?:-[0-9a-f]+)?/i.exec(text.slice(at, at + 16)) : null;
			if (range !== null) {
				// Browsers differ in whether `u+26url(` ends in a function; a blank decides it.
				at += range[0].length;
				if (isNameStart(text, at)) replace(at, at, " ");
			} else if (text.charAt(at) === "(") {
				const first = skipBlanks(text, at + 1);
				if (name === "url" && !/["']/.test(text.charAt(first))) {
					at = endOfUrl(text, first);
					const url = decodeEscapes(text.slice(first, at).replace(/\)$/, "").trimEnd());
					if (!isSafeInCss(url) || /["'(\s]/.test(url)) replace(start, at, "url()");
				} else {
					const isUnknown = loaders > 0 && !LOADERS.test(name) && !HARMLESS.test(name);
					if (isUnknown || name === "expression") replace(start, at, "snag-unknown");
					enter(")", name);
					at++;
				}
			}
		} else {
			if (char === "(") enter(")", "");
			else if (char === "[") enter("]", "");
			else if (char === "{") enter("}", "");
			else leave(char);
			at++;
		}
	}
	return copied === 0 ? css : out + text.slice(copied);
}

/** Behind the closing quote; a line break ends a string as well, and is not part of it. */
function endOfString(text: string, start: number): number {
	const quote = text.charAt(start);
	let at = start + 1;
	while (at < text.length) {
		const char = text.charAt(at);
		if (char === quote) return at + 1;
		if (char === "\n") return at;
		at += char === "\\" ? 2 : 1;
	}
	return text.length;
}

/** Behind the `)` that ends an unquoted URL, good or bad. */
function endOfUrl(text: string, start: number): number {
	let at = start;
	while (at < text.length) {
		const char = text.charAt(at);
		if (char === ")") return at + 1;
		at += char === "\\" && text.charAt(at + 1) !== "\n" ? 2 : 1;
	}
	return text.length;
}

function endOfName(text: string, start: number): number {
	let at = start;
	while (at < text.length && isNameStart(text, at)) {
		if (text.charAt(at) !== "\\") at++;
		else at += ESCAPE.exec(text.slice(at, at + 8))?.[0].length ?? 1;
	}
	return at;
}

/** Digits and hyphens count as names: `5url(` is a number with a unit and no function. */
function isNameStart(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	if (code === BACKSLASH) return text.charAt(at + 1) !== "\n";
	return code >= 0x80 || NAME_CODES[code] === 1;
}

function skipBlanks(text: string, start: number): number {
	let at = start;
	while (/[ \t\n]/.test(text.charAt(at))) at++;
	return at;
}

const ESCAPE = /^\\(?:([0-9a-f]{1,6})[ \t\n]?|[\s\S])/i;
const ESCAPES = /\\(?:([0-9a-f]{1,6})[ \t\n]?|([\s\S]))/gi;

function decodeName(name: string): string {
	return decodeEscapes(name).toLowerCase();
}

function decodeString(text: string): string {
	const quote = text.charAt(0);
	return decodeEscapes(text.slice(1, text.endsWith(quote) && text.length > 1 ? -1 : undefined));
}

function decodeEscapes(text: string): string {
	return text.replace(ESCAPES, (_, hex: string | undefined, char: string) => {
		if (hex === undefined) return char === "\n" ? "" : char;
		const code = Number.parseInt(hex, 16);
		return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
	});
}
