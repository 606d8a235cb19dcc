// A stable name for an element, the same from the live node and from the replayed node: the interface
// below is met by a DOM Element in any window and can be met by a node of a folded tree.
//
// A key is an ordered list of candidates. Each is used only where it is unique in its document when it
// is taken, and resolves only where it is unique in the document it is looked up in: a point is
// never placed on a guess.

/** The part of `Element` that a key needs. Attributes are read after privacy. */
export interface KeyNode {
	readonly localName: string;
	readonly parentElement: KeyNode | null;
	readonly previousElementSibling: KeyNode | null;
	getAttribute(name: string): string | null;
}

export type CandidateKind = "test" | "id" | "name" | "path";
export type ElementCandidate = [kind: CandidateKind, value: string];

/** How many elements of the node's document match a CSS selector. */
export type CountMatches = (selector: string) => number;

const KINDS: readonly CandidateKind[] = ["test", "id", "name", "path"];
const TEST_ATTRIBUTES = [
	"data-snag-name",
	"data-testid",
	"data-test-id",
	"data-test",
	"data-qa",
	"data-cy",
];
const VALUE_LENGTH = 120;
const PATH_LENGTH = 400;
const STEPS_LENGTH = PATH_LENGTH - VALUE_LENGTH - 40;

/** What people press: a press inside one of these belongs to it, wherever the pointer was. */
export const WIDGET_SELECTOR =
	'a[href],area[href],button,input,select,textarea,label,summary,option,video,audio,[contenteditable=""],[contenteditable="true"],[role="button"],[role="link"],[role="tab"],[role="checkbox"],[role="radio"],[role="switch"],[role="option"],[role="menuitem"],[role="slider"],[role="spinbutton"],[onclick]';

/** The candidates of a node, best first; the last is always its path. */
export function createElementKey(node: KeyNode, count: CountMatches): ElementCandidate[] {
	const named = namesOf(node).filter((candidate) => count(selectorOf(candidate)) === 1);
	return [...named, ["path", createPath(node, count)]];
}

/** One string for a list of candidates: what rows are grouped by. */
export function formatElementKey(candidates: readonly ElementCandidate[]): string {
	const first = candidates[0];
	return first === undefined ? "" : `${first[0]}:${first[1]}`;
}

/** CSS selector that finds a candidate. */
export function selectorOf([kind, value]: ElementCandidate): string {
	switch (kind) {
		case "test": {
			const split = value.indexOf("=");
			return `[${value.slice(0, split)}=${quote(value.slice(split + 1))}]`;
		}
		case "id":
			return `[id=${quote(value)}]`;
		case "name":
			return `[name=${quote(value)}]`;
		case "path":
			return value;
	}
}

/**
 * Checks candidates that came over the wire, so that a selector made of them can only ever look up.
 * @returns undefined where any of them is not of a form that `createElementKey` makes
 */
export function parseCandidates(value: unknown): ElementCandidate[] | undefined {
	if (!Array.isArray(value) || value.length === 0 || value.length > 8) return undefined;
	const candidates: ElementCandidate[] = [];
	for (const item of value) {
		if (!Array.isArray(item) || item.length !== 2) return undefined;
		const [kind, text] = item;
		if (typeof text !== "string" || text.length > PATH_LENGTH) return undefined;
		const known = KINDS.find((name) => name === kind);
		if (known === undefined) continue;
		if (known === "test" && !TEST_ATTRIBUTES.includes(text.split("=", 1)[0] ?? ""))
			return undefined;
		if (known === "path" && !PATH.test(text)) return undefined;
		candidates.push([known, text]);
	}
	return candidates.length > 0 ? candidates : undefined;
}

const STEP = /[a-zA-Z][\w.:-]*(?:\\[:.][\w.:-]*)*:nth-of-type\(\d+\)/.source;
const ANCHOR = /(?:\[[a-z-]+="(?:[^"\\]|\\.)*"\]|html)/.source;
const PATH = new RegExp(`^${ANCHOR}(?:(?: > | )${STEP}(?: > ${STEP})*)?$`);

function namesOf(node: KeyNode): ElementCandidate[] {
	const names: ElementCandidate[] = [];
	for (const attribute of TEST_ATTRIBUTES) {
		const value = node.getAttribute(attribute);
		if (isShort(value)) names.push(["test", `${attribute}=${value}`]);
	}
	const id = node.getAttribute("id");
	if (isShort(id) && isStableId(id)) names.push(["id", id]);
	const name = node.getAttribute("name");
	if (isShort(name) && isStableId(name)) names.push(["name", name]);
	return names;
}

/** Steps by position up to the nearest ancestor with a unique name, which holds when the page grows. */
function createPath(node: KeyNode, count: CountMatches): string {
	let steps = "";
	let at: KeyNode | null = node;
	while (at?.parentElement) {
		const step: string = ` > ${escapeName(at.localName)}:nth-of-type(${positionOf(at)})`;
		// Too deep to write out: any depth above the last steps, and unresolved where that is not unique.
		if (step.length + steps.length > STEPS_LENGTH) return `html ${steps.slice(3)}`;
		steps = step + steps;
		at = at.parentElement;
		const anchor = namesOf(at).find(
			(candidate) => candidate[0] !== "name" && count(selectorOf(candidate)) === 1,
		);
		if (anchor !== undefined) return selectorOf(anchor) + steps;
	}
	return `html${steps}`;
}

function positionOf(node: KeyNode): number {
	let position = 1;
	for (let at = node.previousElementSibling; at !== null; at = at.previousElementSibling) {
		if (at.localName === node.localName) position++;
	}
	return position;
}

/** Ids made anew at each render (`:r1:`, `radix-12345`, hashes) name nothing. */
function isStableId(id: string): boolean {
	return /^[A-Za-z][\w.[\]-]*$/.test(id) && !/\d{3,}/.test(id);
}

function isShort(value: string | null): value is string {
	return value !== null && value !== "" && value.length <= VALUE_LENGTH;
}

function escapeName(name: string): string {
	return name.replace(/[:.]/g, "\\$&");
}

function quote(value: string): string {
	return `"${value.replace(/["\\]/g, "\\$&").replace(/[\n\r\f]/g, " ")}"`;
}
