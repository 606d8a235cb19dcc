// Style sheets name images and fonts by URLs whose queries may carry tokens.
import { cleanAttributeUrl } from "./clean-attribute-url.ts";

const URLS =
	/url\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|((?:[^)'"\s\\]|\\.)*))\s*\)|(["'])((?:https?:|\.{0,2}\/)[^"']*)\4/gi;
const IMPORTS = /(@import\s+)(["'])(.*?)\2/gi;

/** CSS text → the same with every URL in it cleaned. */
export function cleanCss(css: string): string {
	if (!/url\(|@import|["']\.{0,2}\/|\/\//i.test(css)) return css;
	return css
		.replace(URLS, (_match, double, single, bare, quote, text) =>
			text === undefined
				? `url("${cleanAttributeUrl(double ?? single ?? bare ?? "", true)}")`
				: quote + cleanAttributeUrl(text) + quote,
		)
		.replace(IMPORTS, (_match, at, quote, url) => at + quote + cleanAttributeUrl(url) + quote);
}
