// Changes of single CSS properties, of an element's `style` or of a rule, in the order in which they were
// made. Only a browser knows what they come to: a value it does not take changes nothing, `margin` writes
// over `margin-left` and leaves its place in the list. So they are kept, to be made again, and only those
// are dropped that cannot be seen any more: a property that is taken away undoes what was said of it, and
// between the first and the last change of the same kind those in the middle leave no trace. Whether a
// browser takes a value is not known, but it takes `12px` where it takes `11px`, and one picture where it takes another.
import { type Fields, textOf } from "./scrub-node.ts";

export interface Change {
	property: string;
	value: string;
	priority: string | undefined;
}

export interface Declarations {
	/** By kind and whether first or last, in the order in which they are to be made. */
	changes: Map<string, Change>;
	/** Property → the kinds of its changes. */
	kinds: Map<string, Set<string>>;
}

/** Kinds of values one property takes; nobody writes so many. */
const KINDS_MAX = 64;

export function createDeclarations(): Declarations {
	return { changes: new Map(), kinds: new Map() };
}

/**
 * @param change a value, [value, priority], or false for none
 * @returns whether it could be kept
 */
export function addDeclaration(
	{ changes, kinds }: Declarations,
	{ property, change }: { property: string; change: unknown },
): boolean {
	const made = readChange(property, change);
	const name = property.startsWith("--") ? property : property.toLowerCase();
	let own = kinds.get(name);
	if (made.value === "") {
		for (const kind of own ?? []) {
			changes.delete(`first ${name} ${kind}`);
			changes.delete(`last ${name} ${kind}`);
		}
		own = undefined;
	}
	own ??= new Set();
	kinds.set(name, own);
	const kind = kindOf(made);
	const first = `first ${name} ${kind}`;
	const last = `last ${name} ${kind}`;
	if (!changes.has(first)) changes.set(first, made);
	else {
		// What is the last of all is made again in its place; an older one moves to the end.
		changes.delete(last);
		changes.set(last, made);
	}
	own.add(kind);
	return own.size <= KINDS_MAX;
}

function readChange(property: string, change: unknown): Change {
	if (change === false) return { property, value: "", priority: undefined };
	if (!Array.isArray(change)) return { property, value: textOf(change), priority: undefined };
	const [value, priority] = change as unknown[];
	return {
		property,
		value: textOf(value),
		priority: priority === undefined || priority === null ? undefined : textOf(priority),
	};
}

/** Numbers are alike where they have the same sign and both or neither a fraction. */
function kindOf({ value, priority }: Change): string {
	const kind = value
		.replace(/url\(data:[^)]*\)/g, "url()")
		.replace(/(?<![\w#.])([-+]?)(\d+)(\.\d+)?(?:e[-+]?\d+)?/gi, (_, sign, _whole, rest) =>
			rest === undefined ? `${sign}1` : `${sign}1.5`,
		);
	return `${priority ?? ""}|${kind}`;
}

/** As rrweb writes a change of an element's style. */
export function encodeChange({ value, priority }: Change): Fields[string] {
	if (value === "") return false;
	return priority === undefined ? value : [value, priority];
}
