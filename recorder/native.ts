// What the browser gave, kept before a page puts its own over it, and past zone.js (Angular), which keeps
// it under a name of its own: a timer of ours that began inside a zone would be taken for the page's work,
// after which the page looks for changes, and a page that waits until nothing is left would wait for ever.

export const startTimer = native("setTimeout");
export const stopTimer = native("clearTimeout");
export const NativeObserver = native("MutationObserver");

const { stringify } = JSON;
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect;

/** A form gives its fields under their names, whatever the DOM calls so: the way up would be a circle. */
export const parentNodeOf = reader<Node, Node | null>("Node", "parentNode");
/** Attributes as nodes cost each of them an object. */
export const attributeNamesOf = reader<Element, string[]>("Element", "getAttributeNames");

/**
 * Does work that writes JSON as the language has it: old libraries (Prototype 1.6, MooTools) give lists a
 * `toJSON` that makes texts of them. It is back before anybody else runs.
 */
export function plainly<T>(work: () => T): T {
	const lists = Array.prototype;
	const kept = getOwnPropertyDescriptor(lists, "toJSON");
	if (!kept) return work();
	deleteProperty(lists, "toJSON");
	try {
		return work();
	} finally {
		defineProperty(lists, "toJSON", kept);
	}
}

export function toJson(value: unknown): string {
	return plainly(() => stringify(value));
}

/** The package for bundlers is read where there is no DOM as well. */
function reader<T, R>(of: string, name: string): (self: T) => R {
	const { prototype } = (globalThis as unknown as Record<string, { prototype?: object }>)[of] ?? {};
	const { get, value } = getOwnPropertyDescriptor(prototype ?? {}, name) ?? {};
	return Function.prototype.call.bind(get ?? value ?? String) as unknown as (self: T) => R;
}

/** What a global is that zone.js has put its own over. */
export function native<N extends keyof typeof globalThis>(name: N): (typeof globalThis)[N] {
	const { [`__zone_symbol__${name}` as N]: kept = globalThis[name] } = globalThis;
	return kept;
}
