// JSON from strangers. Its depth and its number of values have limits: a few kilobytes can nest thousands
// of levels, and a megabyte of `[],[],` takes fifty, so those of a long text are counted before anything is
// made of it; of a short one little can be made, and counting it then takes a third of the time. Keys
// that name an object's own machinery are refused, since whoever copies such an object key by key
// changes every other object with it.

/** Characters. */
const SHORT = 16 * 1024;
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

export interface JsonLimits {
	depth: number;
	values: number;
}

/** @throws RangeError beyond the limits or with a forbidden key, SyntaxError where it is not JSON */
export function parseStrangeJson(text: string, limits: JsonLimits): unknown {
	if (text.length > SHORT) checkLimits(text, limits);
	const value: unknown = JSON.parse(text);
	checkValue(value, limits);
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
			if (++depth > limits.depth) throw createTooDeep(limits);
		} else if (char === CLOSE_OBJECT || char === CLOSE_LIST) depth--;
		if (values > limits.values) throw createTooMany(limits);
	}
}

/** Counts as they are counted in the text, and looks at the keys. */
function checkValue(root: unknown, limits: JsonLimits): void {
	let values = 1;
	const walk = (value: unknown, depth: number): void => {
		if (typeof value !== "object" || value === null) return;
		if (depth > limits.depth) throw createTooDeep(limits);
		if (Array.isArray(value)) {
			values += Math.max(1, value.length);
			if (values > limits.values) throw createTooMany(limits);
			for (const item of value) walk(item, depth + 1);
			return;
		}
		let keys = 0;
		for (const key in value) {
			if (FORBIDDEN_KEYS.has(key)) throw new RangeError(`has the key ${key}`);
			keys++;
			walk((value as Record<string, unknown>)[key], depth + 1);
		}
		values += Math.max(1, keys);
		if (values > limits.values) throw createTooMany(limits);
	};
	walk(root, 1);
}

function createTooDeep({ depth }: JsonLimits): RangeError {
	return new RangeError(`nests deeper than ${depth} levels`);
}

function createTooMany({ values }: JsonLimits): RangeError {
	return new RangeError(`has more than ${values} values`);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
