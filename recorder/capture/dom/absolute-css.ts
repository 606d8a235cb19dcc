// URLs in a sheet are relative to it, and a replay has another address.

const URLS = /url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)/gi;
const IMPORTS = /(@import\s+)(["'])(.*?)\2/gi;

/** CSS text → the same with absolute URLs. */
export function absoluteCss(css: string, base: string): string {
	if (!/url\(|@import/i.test(css)) return css;
	return css
		.replace(URLS, (match, double, single, bare) => {
			const url = double ?? single ?? bare ?? "";
			return isRelative(url) ? `url("${resolve(url, base)}")` : match;
		})
		.replace(IMPORTS, (match, at, quote, url) =>
			isRelative(url) ? at + quote + resolve(url, base) + quote : match,
		);
}

function isRelative(url: string): boolean {
	return url !== "" && !url.startsWith("#") && !/^[a-z][a-z0-9+.-]*:/i.test(url);
}

function resolve(url: string, base: string): string {
	try {
		return new URL(url, base).href;
	} catch {
		return url;
	}
}
