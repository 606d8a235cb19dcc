// Style sheets as a replay may have them: files that are kept in the place of their names, imported sheets
// in the place of their imports, since what a rebuilt page may load are pictures and fonts alone. Kept
// sheets are somebody else's and may be forged, so they are scrubbed before and after they are put
// together; what is written into them last are addresses of our own, which change no token.
import { isAssetReference } from "../protocol/asset.ts";
import { scrubCss } from "./scrub-css.ts";

export interface AssetSource {
	/** `snag:{name}` → where a picture or font is, undefined where it is not kept. */
	addressOf(reference: string): string | undefined;
	/** `snag:{name}` → text of a style sheet, undefined where it is none or not kept. */
	sheetOf(reference: string): string | undefined;
}

/** What sheets may become by importing one another: a forged one might import another a thousand times. */
const SHEET_CHARS = 4 * 1024 * 1024;
const NESTING = 6;
const NOTHING = "data:,";

const NAMED = /snag[:-]/;
const REFERENCES = /url\(\s*(["']?)(snag:[0-9a-z]{1,7})\1\s*\)/g;
/** As the scrubber leaves imports. */
const IMPORTS =
	/@snag-import\s*(?:url\(\s*)?(["']?)(snag:[0-9a-z]{1,7})\1(?:\s*\))?([^;{}]*)(?:;|$)/g;
const CONDITIONS =
	/^\s*(layer(?:\(([^()]*)\))?(?![\w-]))?\s*(?:supports\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\))?\s*(.*?)\s*$/is;

/** Scrubbed CSS with names → the same with what they stand for. */
export function inlineCss(css: string, source: AssetSource): string {
	if (!NAMED.test(css)) return css;
	const whole = css.includes("@snag-import")
		? scrubCss(inlineImports(css, source, [], { left: SHEET_CHARS }))
		: css;
	return whole.replace(
		REFERENCES,
		(_, _quote, reference) => `url("${source.addressOf(reference) ?? NOTHING}")`,
	);
}

/** A kept style sheet, ready to stand in a page; undefined where it is not kept. */
export function inlineSheet(reference: string, source: AssetSource): string | undefined {
	const text = isAssetReference(reference) ? source.sheetOf(reference) : undefined;
	return text === undefined ? undefined : inlineCss(scrubCss(text), source);
}

function inlineImports(
	css: string,
	source: AssetSource,
	inside: readonly string[],
	room: { left: number },
): string {
	return css.replace(IMPORTS, (_, _quote, reference: string, conditions: string) => {
		const text = inside.includes(reference) ? undefined : source.sheetOf(reference);
		if (text === undefined || inside.length >= NESTING || text.length > room.left) return "";
		room.left -= text.length;
		const imported = inlineImports(scrubCss(text), source, [...inside, reference], room);
		return wrap(imported, conditions);
	});
}

/** `@import url(a.css) layer(base) supports(display: grid) print` */
function wrap(css: string, conditions: string): string {
	const [, layer, name = "", supports, media = ""] = CONDITIONS.exec(conditions) ?? [];
	let wrapped = `\n${css}\n`;
	if (media !== "") wrapped = `@media ${media} {${wrapped}}`;
	if (supports !== undefined) wrapped = `@supports (${supports}) {${wrapped}}`;
	if (layer !== undefined) wrapped = `@layer ${name} {${wrapped}}`;
	return wrapped;
}
