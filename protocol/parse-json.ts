// JSON from strangers. Its depth and its number of values are counted in the text, before anything is
// made of it: a few kilobytes can nest thousands of levels, and a megabyte of `[],[],` takes fifty. Keys
// that name an object's own machinery are refused, since whoever copies such an object key by key
// changes every other object with it.

const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export interface JsonLimits {
	depth: number;
	values: number;
}

/** @throws RangeError beyond the limits or with a forbidden key, SyntaxError where it is not JSON */
export function parseStrangeJson(text: string, limits: JsonLimits): unknown {
	checkLimits(text, limits);
	const value: unknown = JSON.parse(text);
	checkKeys(value);
	return value;
}

function checkLimits(text: string, limits: JsonLimits): void {
	let depth = 0;
	let values = 1;
	let inText = false;
	for (let i = 0; i < text.length; i++) {
		const char = text.charCodeAt(i);
		if (inText) {
			if (char === BACKSLASH) i++;
			else if (char === QUOTE) inText = false;
		} else if (char === QUOTE) inText = true;
		else if (char === COMMA) values++;
		else if (char === OPEN_OBJECT || char === OPEN_LIST) {
			values++;
			if (++depth > limits.depth) throw new RangeError(`nests deeper than ${limits.depth} levels`);
		} else if (char === CLOSE_OBJECT || char === CLOSE_LIST) depth--;
		if (values > limits.values) throw new RangeError(`has more than ${limits.values} values`);
	}
}

/** Recursive: the depth has been checked. */
function checkKeys(value: unknown): void {
	if (typeof value !== "object" || value === null) return;
	if (Array.isArray(value)) {
		for (const item of value) checkKeys(item);
		return;
	}
	for (const [key, item] of Object.entries(value)) {
		if (FORBIDDEN_KEYS.has(key)) throw new RangeError(`has the key ${key}`);
		checkKeys(item);
	}
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
