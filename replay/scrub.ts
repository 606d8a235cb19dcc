// Takes out of rrweb events whatever could run or reach out when they are replayed. Anybody who knows a
// public site key can send forged events, so a recording is hostile until it has been through here; the
// sandboxed frame and the page's policy are the second and third lock.
//
// Events are changed in place: they come fresh from JSON and belong to the caller.

const ELEMENT = 2;
const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;
const MUTATION = 0;
const STYLE_RULE = 8;
const STYLE_DECLARATION = 13;
const ADOPTED_STYLE_SHEET = 15;
const TEXT = 3;

/** Elements that run, embed or redirect. They stay in the tree, so that ids fit, but as empty boxes. */
const INERT = new Set([
	"script",
	"noscript",
	"iframe",
	"frame",
	"object",
	"embed",
	"applet",
	"portal",
	"base",
]);
const URL_ATTRIBUTES = new Set([
	...["href", "xlink:href", "src", "action", "formaction", "poster", "data", "background", "cite"],
	...["ping", "longdesc", "manifest", "codebase", "classid", "profile", "usemap", "icon", "dynsrc"],
]);
const SAFE_DATA =
	/^data:(?:image\/(?!svg)[a-z+.-]+|font\/[a-z0-9+.-]+|application\/font[a-z0-9+.-]*)[;,]/i;
/** Browsers skip these inside URLs, so `java\nscript:` would run. */
const IGNORED_IN_URLS = /[\p{Cc}\p{Cf}\s]/gu;

export interface RawEvent {
	type: number;
	timestamp: number;
	data: unknown;
	[name: string]: unknown;
}

/**
 * Keeps the events that can be played, made harmless, and counts the others.
 * @param events anything that was parsed from an events section
 */
export function scrubEvents(events: unknown): { events: RawEvent[]; dropped: number } {
	if (!Array.isArray(events)) return { events: [], dropped: 1 };
	const kept = events.filter(isPlayable);
	for (const event of kept) scrubEvent(event);
	return { events: kept, dropped: events.length - kept.length };
}

function isPlayable(event: unknown): event is RawEvent {
	if (!isRecord(event)) return false;
	const { type, timestamp, data } = event;
	if (!Number.isInteger(type) || !Number.isFinite(timestamp) || (timestamp as number) <= 0)
		return false;
	if (type === FULL_SNAPSHOT) return isRecord(data) && isRecord(data.node);
	if (type === META)
		return isRecord(data) && Number.isFinite(data.width) && Number.isFinite(data.height);
	if (type === INCREMENTAL) return isRecord(data) && Number.isInteger(data.source);
	return true;
}

function scrubEvent(event: RawEvent): void {
	const { type, data } = event;
	if (!isRecord(data)) return;
	if (type === FULL_SNAPSHOT) scrubTree(data.node);
	if (type === META) data.href = typeof data.href === "string" ? data.href : "";
	if (type !== INCREMENTAL) return;
	if (data.source === MUTATION) {
		for (const add of recordsOf(data.adds)) scrubTree(add.node);
		for (const change of recordsOf(data.attributes)) {
			if (isRecord(change.attributes)) scrubAttributes("", change.attributes);
		}
	} else if (data.source === STYLE_RULE) scrubRules(data.adds);
	else if (data.source === ADOPTED_STYLE_SHEET) {
		for (const sheet of recordsOf(data.styles)) scrubRules(sheet.rules);
	} else if (data.source === STYLE_DECLARATION && isRecord(data.set)) {
		data.set.value = scrubCss(String(data.set.value ?? ""));
	}
}

function scrubRules(rules: unknown): void {
	for (const rule of recordsOf(rules)) rule.rule = scrubCss(String(rule.rule ?? ""));
}

/** Walks without recursion: a forged tree may be deeper than the stack. */
function scrubTree(root: unknown): void {
	const pending = [root];
	while (pending.length > 0) {
		const node = pending.pop();
		if (!isRecord(node)) continue;
		if (node.type === ELEMENT) scrubElement(node);
		if (Array.isArray(node.childNodes)) for (const child of node.childNodes) pending.push(child);
	}
}

function scrubElement(node: Record<string, unknown>): void {
	const tag = typeof node.tagName === "string" ? node.tagName.toLowerCase() : "";
	const name = tag.replace(/^.*:/, "");
	if (!/^[a-z][\w:.-]*$/.test(tag)) node.tagName = "div";
	if (!isRecord(node.attributes)) node.attributes = {};
	const attributes = node.attributes as Record<string, unknown>;
	if (name === "style") {
		for (const child of recordsOf(node.childNodes)) {
			if (child.type === TEXT) child.textContent = scrubCss(String(child.textContent ?? ""));
		}
	}
	if (name === "meta" && "http-equiv" in attributes) node.attributes = {};
	else scrubAttributes(name, attributes);
	if (!INERT.has(name)) return;
	// rrweb shows a document inside a frame as its child node; such documents stay.
	const isFrame = name === "iframe" || name === "frame";
	if (!isFrame) node.childNodes = [];
	if (name !== "noscript" && !isFrame) node.tagName = "snag-inert";
	if (isFrame) delete attributes.src;
}

function scrubAttributes(tag: string, attributes: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(attributes)) {
		const plain = name.toLowerCase();
		if (/^on|^srcdoc$|^http-equiv$|^sandbox$|^allow$/.test(plain) || !/^[\w:.@-]+$/.test(plain)) {
			delete attributes[name];
		} else if (
			typeof value === "string" &&
			(URL_ATTRIBUTES.has(plain) || plain.endsWith(":href"))
		) {
			attributes[name] = scrubUrl(value, tag);
		} else if (typeof value === "string" && (plain === "srcset" || plain === "imagesrcset")) {
			attributes[name] = "";
		} else if (typeof value === "string" && (plain === "style" || plain === "_csstext")) {
			attributes[name] = scrubCss(value);
		}
	}
}

/** Links stay readable as text but lead nowhere; only pictures and fonts by value are loaded. */
function scrubUrl(value: string, tag: string): string {
	const plain = value.replace(IGNORED_IN_URLS, "");
	if (/^data:/i.test(plain)) return isSafeData(plain, tag) ? plain : "";
	if (/^#/.test(plain)) return plain;
	const isLink = tag === "a" || tag === "area" || tag === "";
	return isLink && (/^https?:/i.test(plain) || !/^[^/]*:/.test(plain)) ? plain : "";
}

/** A vector picture is a document; only as the picture of an `img` it is inert. */
function isSafeData(url: string, tag: string): boolean {
	return SAFE_DATA.test(url) || (tag === "img" && /^data:image\/svg\+xml[;,]/i.test(url));
}

/** Removes what a style sheet could load. Pictures and fonts by value stay. */
export function scrubCss(css: string): string {
	return css
		.replace(/@import[^;]*;?/gi, "")
		.replace(/url\(\s*(['"]?)(.*?)\1\s*\)/gis, (match, _, url: string) =>
			/^\s*(?:data:(?:image|font|application\/(?:x-)?font)|#)/i.test(url) ? match : "url()",
		)
		.replace(/(?:image-set|-webkit-image-set)\([^)]*\)/gi, "none")
		.replace(/expression\s*\(|-moz-binding/gi, "");
}

function recordsOf(value: unknown): Record<string, unknown>[] {
	return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
