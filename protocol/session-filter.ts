// Which sessions a map counts, as text: `browser:firefox device:phone path:"/my page" variant:"price=low"`.
// Terms of one key widen (either), those of different keys narrow (both). A query language with operators
// was not worth its manual: this one is read aloud.

export const FILTER_KEYS = [
	...(["browser", "os", "device", "orientation", "language"] as const),
	...(["path", "variant", "automated"] as const),
] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

/**
 * Key → any of which must fit; a key that is not named fits all. `automated` is `yes` or `no`, `orientation`
 * that of the window, `portrait` or `landscape`.
 */
export type SessionFilter = Partial<Record<FilterKey, readonly string[]>>;

/** `column` counts from 1. */
export class FilterError extends Error {
	override name = "FilterError";
	readonly column: number;
	constructor(message: string, column: number) {
		super(`${message} (column ${column})`);
		this.column = column;
	}
}

const TERM = /\s*([^\s:"]*)(:?)("(?:[^"\\]|\\.)*"|[^\s"]*)/y;

/** @throws FilterError */
export function parseSessionFilter(filter: string): SessionFilter {
	const found: Partial<Record<FilterKey, string[]>> = {};
	const text = filter.trimEnd();
	TERM.lastIndex = 0;
	while (TERM.lastIndex < text.length) {
		const start = TERM.lastIndex;
		const [all = "", key = "", colon = "", quoted = ""] = TERM.exec(text) ?? [];
		const column = start + all.length - all.trimStart().length + 1;
		const known = checkKey(key, colon, column);
		const value = checkValue(known, quoted, column + key.length + 1);
		if (/\S/.test(text[start + all.length] ?? " ")) {
			throw new FilterError("after a value comes a blank", start + all.length + 1);
		}
		found[known] = [...(found[known] ?? []), value];
	}
	return found;
}

/** The same filter as text: equal filters are equal texts. */
export function formatSessionFilter(filter: SessionFilter): string {
	return FILTER_KEYS.flatMap((key) =>
		[...new Set(filter[key] ?? [])].sort().map((value) => `${key}:${quote(value)}`),
	).join(" ");
}

function checkKey(key: string, colon: string, column: number): FilterKey {
	if (colon === "" || key === "") {
		throw new FilterError("a filter is made of key:value, as browser:firefox", column);
	}
	const known = FILTER_KEYS.find((name) => name === key);
	if (known !== undefined) return known;
	throw new FilterError(`there is no key ${key}; there are ${FILTER_KEYS.join(", ")}`, column);
}

function checkValue(key: FilterKey, text: string, column: number): string {
	if (text === "" && key !== "language") throw new FilterError(`${key} has no value`, column);
	const value = text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, "$1") : text;
	if (key === "automated" && value !== "yes" && value !== "no") {
		throw new FilterError("automated is yes or no", column);
	}
	if (key === "orientation" && value !== "portrait" && value !== "landscape") {
		throw new FilterError("orientation is portrait or landscape", column);
	}
	if (key === "variant" && !/^[^=]+=/.test(value)) {
		throw new FilterError('a variant is experiment=arm, as variant:"price=low"', column);
	}
	return value;
}

function quote(value: string): string {
	return /^[^\s"\\]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`;
}
