// URLs of a page and of its replay as the same text: a recorder makes them absolute, a page often does not.

/** Where every page of the proof stands. */
export const ADDRESS = "http://page.test/";

export function resolveUrl(value: string): string {
	try {
		return value === "" ? "" : new URL(value, ADDRESS).href;
	} catch {
		return value;
	}
}

/** `a.png 1x, b.png 2x` → the same with absolute URLs. */
export function resolveSourceSet(value: string): string {
	return value
		.split(/,\s+/)
		.map((candidate) => candidate.trim().replace(/^\S+/, resolveUrl))
		.join(", ");
}

export function resolveCssUrls(css: string): string {
	return css.replace(/url\("([^"#][^"]*)"\)/g, (_all, url) => `url("${resolveUrl(url)}")`);
}
