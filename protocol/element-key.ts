// A stable name for an element, the same from the live node and from the replayed node: the interface
// below is met by a DOM Element in any window and can be met by a node of a folded tree.
//
// A key is an ordered list of candidates. Each is used only where it is unique in its document when it
// is taken, and resolves only where it is unique in the document it is looked up in: a point is
// never placed on a guess.

/** The part of `Element` that a key needs. Attributes are read after privacy. */
export interface KeyNode {
	readonly localName: string;
	/** Left out where it is not known; positions are counted among elements of one kind. */
	readonly namespaceURI?: string | null;
	readonly parentElement: KeyNode | null;
	readonly previousElementSibling: KeyNode | null;
	getAttribute(name: string): string | null;
}

export type CandidateKind = "test" | "id" | "name" | "path";
export type ElementCandidate = [kind: CandidateKind, value: string];

/** How many elements of the node's document match a CSS selector. */
export type CountMatches = (selector: string) => number;

export const TEST_ATTRIBUTES = [
	"data-snag-name",
	"data-testid",
	"data-test-id",
	"data-test",
	"data-qa",
	"data-cy",
];
const NAMES = [...TEST_ATTRIBUTES, "id", "name"];
const VALUE_LENGTH = 120;
/** Room for about 40 steps: pages of a framework are that deep and name little. */
export const PATH_LENGTH = 1200;
const STEPS_LENGTH = PATH_LENGTH - VALUE_LENGTH - 40;
const XHTML = "http://www.w3.org/1999/xhtml";
/** Deeper than any page; a walk that takes longer goes in a circle. */
const DEPTH = 10_000;
/** A path that matches nothing in any document. */
const NOWHERE = "html > html:nth-of-type(1)";

/** Attributes beside the id by which an element is found again. */
export function isNaming(attribute: string): boolean {
	return attribute === "name" || TEST_ATTRIBUTES.includes(attribute);
}

/**
 * May the value of a naming attribute leave the page? One with blanks or four digits may be a person's
 * or an order's. What a site writes for us alone may always.
 */
export function isTold(attribute: string, value: string): boolean {
	return (
		attribute === "data-snag-name" ||
		(/^[a-z_][\w.:[\]/-]*$/i.test(value) && !/(?:\d\D*){4}/.test(value))
	);
}

/** What people press: a press inside one of these belongs to it, wherever the pointer was. */
export const WIDGET_SELECTOR =
	"a[href],area[href],button,input,select,textarea,label,summary,option,video,audio,[contenteditable=''],[contenteditable=true],[role=button],[role=link],[role=tab],[role=checkbox],[role=radio],[role=switch],[role=option],[role=menuitem],[role=slider],[role=spinbutton],[onclick]";

/**
 * The candidates of a node, best first; the last is always its path. In a shadow tree or outside the
 * document no selector reaches a node, and a name would find another one: the path leads nowhere.
 */
export function createElementKey(node: KeyNode, count: CountMatches): ElementCandidate[] {
	if (!isInDocument(node)) return [["path", NOWHERE]];
	const named = namesOf(node).filter((candidate) => count(selectorOf(candidate)) === 1);
	return [...named, ["path", createPath(node, count)]];
}

/** One string for a list of candidates: what rows are grouped by. */
export function formatElementKey([first]: readonly ElementCandidate[]): string {
	return first?.join(":") ?? "";
}

/** CSS selector that finds a candidate. */
export function selectorOf([kind, value]: ElementCandidate): string {
	if (kind === "path") return value;
	const split = kind === "test" ? value.indexOf("=") : -1;
	return `[${value.slice(0, Math.max(0, split)) || kind}=${quote(value.slice(split + 1))}]`;
}

/** What is blocked is recorded without its attributes, so its key must do without them too. */
function namesOf(node: KeyNode): ElementCandidate[] {
	if (node.getAttribute("data-snag-block") !== null) return [];
	return NAMES.flatMap((name): ElementCandidate[] => {
		const value = node.getAttribute(name);
		// CSS reads a NUL as another character, which may be the name of another element.
		if (!value || value.length > VALUE_LENGTH || value.includes("\u0000")) return [];
		if (name !== "id" && !isTold(name, value)) return [];
		if (name === "id" || name === "name") return isStableId(value) ? [[name, value]] : [];
		return [["test", `${name}=${value}`]];
	});
}

/** Steps by position up to the nearest ancestor with a unique name, which holds when the page grows. */
function createPath(node: KeyNode, count: CountMatches): string {
	let steps = "";
	let at: KeyNode | null = node;
	while (at?.parentElement) {
		if (isShouting(at)) return NOWHERE;
		const step: string = ` > ${escapeName(at.localName)}:nth-of-type(${positionOf(at)})`;
		// Too deep to write out: any depth above the last steps, and unresolved where that is not unique.
		if (step.length + steps.length > STEPS_LENGTH) {
			return steps === "" ? NOWHERE : `html ${steps.slice(3)}`;
		}
		steps = step + steps;
		at = at.parentElement;
		const anchor = namesOf(at)
			.filter(([kind]) => kind !== "name")
			.map(selectorOf)
			.find((selector) => selector.length + steps.length <= PATH_LENGTH && count(selector) === 1);
		if (anchor !== undefined) return anchor + steps;
	}
	return `html${steps}`;
}

/** Bounded, because a form's input named `parentElement` makes the walk up a circle. */
function isInDocument(node: KeyNode): boolean {
	let at = node;
	for (let depth = 0; depth < DEPTH && at.parentElement; depth++) at = at.parentElement;
	return at.localName === "html" && at.parentElement === null;
}

function positionOf({ localName, namespaceURI, previousElementSibling }: KeyNode): number {
	let position = 1;
	for (let at = previousElementSibling; at !== null; at = at.previousElementSibling) {
		if (at.localName === localName && at.namespaceURI === namespaceURI) position++;
	}
	return position;
}

/** Ids made anew at each render (`:r1:`, `radix-12345`, hashes) name nothing. */
function isStableId(id: string): boolean {
	return /^[A-Za-z][\w.[\]-]*$/.test(id) && !/\d{3,}/.test(id);
}

/** A selector writes names of HTML in small letters: `DIV` made for a namespace is found by none. */
function isShouting(node: KeyNode): boolean {
	return node.namespaceURI === XHTML && /[A-Z]/.test(node.localName);
}

function escapeName(name: string): string {
	return name.replace(/[^\w\u0080-\uffff-]/g, "\\$&");
}

/** A line break ends a CSS string, so it is written by its number. */
function quote(value: string): string {
	const escaped = value
		.replace(/["\\]/g, "\\$&")
		.replace(/[\n\r\f]/g, (char) => `\\${char.charCodeAt(0).toString(16)} `);
	return `"${escaped}"`;
}
