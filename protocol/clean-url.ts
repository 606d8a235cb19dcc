// The one place that decides what of a URL may leave the page. Queries, hashes, credentials and path
// segments that look like secrets carry tokens and e-mail addresses; the rest names a page.

/** Credentials end at the last `@` before the path: a password may hold one itself. */
const PARTS = /^([a-z][a-z0-9+.-]*):(?:\/\/(?:[^/?#]*@)?([^/?#]*))?([^?#]*)/i;
/** `%2540` is an `@` that was encoded twice. */
const EMAIL = /[^/]*(?:@|%(?:25)*40)[^/]*/gi;
const LONG = /[^/]{20,}/g;

/**
 * Absolute URL → the same without query, hash and credentials, secret-looking segments as `:token`.
 * Anything but http(s) keeps its scheme only (`mailto:`); what is no absolute URL becomes "".
 */
export function cleanUrl(url: string): string {
	const [, scheme = "", host = "", path = ""] = PARTS.exec(straighten(url)) ?? [];
	if (scheme === "") return "";
	const name = scheme.toLowerCase();
	if (name !== "http" && name !== "https") return `${name}:`;
	return `${name}://${host.toLowerCase()}${cleanPath(path) || "/"}`;
}

/** Relative or absolute reference in markup → the same, cleaned. `data:` and `blob:` stay as they are. */
export function cleanReference(reference: string): string {
	if (/^(?:data|blob|about):/i.test(reference)) return reference;
	const straight = straighten(reference);
	if (/^[a-z][a-z0-9+.-]*:/i.test(straight)) return cleanUrl(straight);
	if (straight.startsWith("//")) return cleanUrl(`http:${straight}`).slice("http:".length);
	return cleanPath(straight.replace(/[?#].*$/s, ""));
}

/** Clean URL → its path; "" becomes "/". */
export function pathOf(url: string): string {
	return PARTS.exec(url)?.[3] || "/";
}

/** Clean URL → `host[:port]`, or "". */
export function hostOf(url: string): string {
	return PARTS.exec(url)?.[2] ?? "";
}

function cleanPath(path: string): string {
	return path
		.replace(EMAIL, ":email")
		.replace(LONG, (segment) => (looksRandom(segment) ? ":token" : segment));
}

/** As browsers read it: without blanks around it and line breaks in it, `\` before the query as `/`. */
function straighten(url: string): string {
	const line = url.replace(/[\t\n\r]/g, "").trim();
	if (!/^(?:https?:|\\|\/|[^:]*$)/i.test(line)) return line;
	return line.replace(/^[^?#]*/, (place) => place.replace(/\\/g, "/"));
}

/**
 * Long words joined by dashes are slugs; digits and letters mixed without words are secrets. Letters
 * beyond ASCII are words, however they are encoded.
 */
function looksRandom(segment: string): boolean {
	return segment
		.replace(/(?:%[c-f][0-9a-f])(?:%[89ab][0-9a-f])+/gi, "·")
		.split(/[-_.]/)
		.some((word) => word.length >= 16 && /\d/.test(word) && /[a-z]/i.test(word));
}
