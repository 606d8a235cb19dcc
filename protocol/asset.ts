// Files that a page is drawn with (style sheets, pictures, fonts), told by name and kept by content.
//
// In recorded events a file is `snag:{name}`: the name stands for its whole URL and tells nothing of it.
// An assets fact says which content, a SHA-256, the page had under which name. Nothing loads a URL of
// that scheme, so what is not kept is missing in a replay and reaches out to nobody.

import { hashText } from "./hash-text.ts";

/** A file may have this many bytes. */
export const ASSET_BYTES = 2 * 1024 * 1024;
/** A page may keep this many, altogether. */
export const ASSET_PAGE_BYTES = 5 * 1024 * 1024;
/** One question may name this many files, and this many URLs that the page itself may not read. */
export const ASSET_HASHES = 200;
export const ASSET_URLS = 40;

/** What a recorder asks: `POST /i/{siteKey}/assets`. */
export interface AssetQuestion {
	/** SHA-256 in lower case hex. */
	hashes: string[];
	/** Clean URLs to be fetched by the server. */
	urls: string[];
}

export interface AssetAnswer {
	/** Hashes whose bytes are wanted: `POST /i/{siteKey}/assets/{hash}`. */
	missing: string[];
	/** By URL, those that could be fetched. */
	found: Record<string, FoundAsset>;
}

export interface FoundAsset {
	hash: string;
	/** Of a style sheet, the files that it names, else none. */
	urls?: string[];
}

const HASH = /^[0-9a-f]{64}$/;
const REFERENCE = /^snag:[0-9a-z]{1,7}$/;
/** In `url(…)`, imported, or as any other text that reads like a URL, as in `image-set(…)`. */
const URLS =
	/url\(\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|((?:[^)'"\s\\]|\\.)*))\s*\)|(?:(@import\s+)|(?=["'](?:https?:|\.{0,2}\/)))(["'])(.*?)\5/gis;

export function isAssetHash(value: unknown): value is string {
	return typeof value === "string" && HASH.test(value);
}

export function isAssetReference(value: string): boolean {
	return REFERENCE.test(value);
}

/** URL without its fragment → `snag:{name}`. */
export function referToAsset(url: string): string {
	return `snag:${hashText(url)}`;
}

/** Where a URL stands in CSS. */
export type CssPlace = "url" | "imported" | "text";

/** CSS text → the same with every URL in it told otherwise. */
export function mapCssUrls(css: string, tell: (url: string, place: CssPlace) => string): string {
	if (!/url\(|["']/i.test(css)) return css;
	return css.replace(URLS, (_, double, single, bare, at, quote, text) =>
		quote
			? (at ?? "") + quote + tell(text, at ? "imported" : "text") + quote
			: `url("${tell(double ?? single ?? bare, "url")}")`,
	);
}

/**
 * A style sheet as it was loaded → as it is kept, told by names.
 * @param tell URL, perhaps relative → name; what it throws at stays as it is
 */
export function nameCssUrls(css: string, tell: (url: string) => string): string {
	return mapCssUrls(css, (url, place) => {
		if (place === "text" || /^(?:$|#|(?!https?:)[a-z][a-z0-9+.-]*:)/i.test(url)) return url;
		try {
			return tell(url);
		} catch {
			return url;
		}
	});
}
