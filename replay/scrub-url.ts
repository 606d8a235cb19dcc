// Which URLs a replayed page may keep. A URL is judged as browsers read it, and given back in that form,
// so that what was judged is what is used. Names of kept files stay: nothing loads them.
import { isAssetReference } from "../protocol/asset.ts";

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const DATA_PICTURE = /^data:image\/(?!svg)[a-z0-9+.-]+[;,]/i;
const DATA_VECTOR = /^data:image\/svg\+xml[;,]/i;
const DATA_FONT =
	/^data:(?:font\/[a-z0-9+.-]+|application\/(?:(?:x-)?font[a-z0-9+.-]*|octet-stream|vnd\.ms-fontobject))[;,]/i;

/** A vector picture is a document; only as the picture of one of these it is inert. */
const PICTURES = new Set(["img", "image", "feimage"]);

/**
 * Links stay readable as text but lead nowhere; only pictures and fonts by value are loaded.
 * @param tag lower case, "" where the element is not known
 * @param name lower case
 */
export function scrubUrl(value: string, tag: string, name: string): string {
	const url = straightenUrl(value);
	if (DATA_PICTURE.test(url) || DATA_FONT.test(url)) return url;
	if (PICTURES.has(tag) && DATA_VECTOR.test(url)) return url;
	if (isAssetReference(url) && tag !== "a" && tag !== "area") return url;
	const isReference = name === "href" || name.endsWith(":href");
	if (url.startsWith("#"))
		return (isReference && !PICTURES.has(tag)) || name === "usemap" ? url : "";
	const isLink = isReference && (tag === "a" || tag === "area");
	return isLink && isWebUrl(url) ? url : "";
}

/** The address of a page, for people to read: "" for anything that is not on the web. */
export function scrubAddress(value: unknown): string {
	if (typeof value !== "string") return "";
	const url = straightenUrl(value);
	return /^https?:/i.test(url) ? url : "";
}

/** Inside CSS pictures are never documents, and a fragment names a part of the page itself. */
export function isSafeInCss(value: string): boolean {
	const url = straightenUrl(value);
	return (
		url === "" ||
		url.startsWith("#") ||
		isAssetReference(url) ||
		DATA_PICTURE.test(url) ||
		DATA_VECTOR.test(url) ||
		DATA_FONT.test(url)
	);
}

function isWebUrl(url: string): boolean {
	return /^(?:https?|mailto|tel):/i.test(url) || !SCHEME.test(url);
}

/** Without blanks and control characters around it and line breaks in it: `java\nscript:` would run. */
function straightenUrl(value: string): string {
	return value.replace(/[\t\n\r]/g, "").replace(/^[^!-\uffff]+|[^!-\uffff]+$/g, "");
}
