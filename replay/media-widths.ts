// Widths of the viewport at which a style sheet changes, from its media queries: where a group of widths
// ends, with how many rules are decided there. `(min-width: 768px)` and `(max-width: 767.98px)` say the
// same, that something else begins at 768.
//
// What is read is blocks and what stands before them, so that neither a comment, a string nor a data URL
// is taken for a rule. What is not written as a length in px, em or rem (a sum, a variable) is not known.

const EM_PX = 16;
/** Beyond these it is no layout that changes: a hack, or a wall of screens. */
const LEAST_PX = 200;
const MOST_PX = 4000;

/** A sheet is anybody's: nothing is written deeper or longer by people. */
const NESTING = 32;
const PRELUDE_CHARS = 10_000;

const TOKENS =
	/\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|\burl\(\s*[^"'\s)][^)]*\)?|[{};]/gi;
/** At-rules whose blocks hold rules as if they were not there. */
const TRANSPARENT = /^@(?:supports|layer|container|scope|starting-style|snag-)/i;
const LENGTH = "(\\d{0,5}\\.?\\d{1,5})(px|r?em)";
const FEATURE = new RegExp(`\\((min|max)-width\\s*:\\s*${LENGTH}\\s*\\)`, "gi");
const WIDTH_FIRST = new RegExp(`(?<![\\w-])width\\s*(<=?|>=?)\\s*${LENGTH}`, "gi");
const WIDTH_LAST = new RegExp(`${LENGTH}\\s*(<=?|>=?)\\s*width(?![\\w-])`, "gi");

/** By the first width, in CSS pixels, at which it is different: how many rules are decided there. */
export type MediaWidths = Map<number, number>;

interface Block {
	kind: "media" | "rule" | "transparent" | "other";
	/** Where a media query changes its mind. */
	widths: readonly number[];
	/** Where its content begins. */
	from: number;
	rules: number;
}

export function findMediaWidths(css: string): MediaWidths {
	const found: MediaWidths = new Map();
	if (!/@media/i.test(css)) return found;
	const open: Block[] = [];
	let from = 0;
	const count = (): void => {
		if (open.length > NESTING || open.some(({ kind }) => kind === "other")) return;
		const media = open.filter(({ kind }) => kind === "media");
		for (const block of media) block.rules++;
		for (const width of new Set(media.flatMap(({ widths }) => widths))) {
			found.set(width, (found.get(width) ?? 0) + 1);
		}
	};
	for (const { 0: token, index } of css.matchAll(TOKENS)) {
		if (token === "{") {
			const block = openBlock(css.slice(from, index), index + 1);
			if (block.kind === "rule") count();
			open.push(block);
		} else if (token === "}") {
			const block = open.at(-1);
			// Inside of a rule, a media query holds declarations of its own.
			const isOwn = block?.kind === "media" && block.rules === 0;
			if (isOwn && css.slice(block.from, index).includes(":")) count();
			open.pop();
		}
		if (token.length === 1) from = index + 1;
	}
	return found;
}

function openBlock(before: string, from: number): Block {
	if (before.length > PRELUDE_CHARS) return { kind: "rule", from, rules: 0, widths: [] };
	const prelude = before.replace(/\/\*[\s\S]*?\*\//g, " ").trim();
	const isMedia = /^@media\b/i.test(prelude);
	const kind = isMedia
		? "media"
		: TRANSPARENT.test(prelude)
			? "transparent"
			: prelude.startsWith("@")
				? "other"
				: "rule";
	return { kind, from, rules: 0, widths: isMedia ? widthsOf(prelude) : [] };
}

/** `@media print and (max-width: 600px), (width >= 40em)` → 640. */
function widthsOf(prelude: string): number[] {
	const screens = prelude.split(",").filter((query) => !/\bprint\b|\bspeech\b/i.test(query));
	const query = screens.join(",");
	const widths: number[] = [];
	const add = (isBelow: boolean, isEqual: boolean, value = "", unit = ""): void => {
		const px = Number(value) * (unit.toLowerCase() === "px" ? 1 : EM_PX);
		// Up to 767 and up to 767.98 end before 768; below 768 and from 768 on do, too.
		const width = isBelow === isEqual ? Math.floor(px) + 1 : Math.ceil(px);
		if (width >= LEAST_PX && width <= MOST_PX) widths.push(width);
	};
	for (const [, end, value, unit] of query.matchAll(FEATURE)) {
		add(end?.toLowerCase() === "max", true, value, unit);
	}
	for (const [, sign = "", value, unit] of query.matchAll(WIDTH_FIRST)) {
		add(sign.startsWith("<"), sign.endsWith("="), value, unit);
	}
	for (const [, value, unit, sign = ""] of query.matchAll(WIDTH_LAST)) {
		add(sign.startsWith(">"), sign.endsWith("="), value, unit);
	}
	return widths;
}
