// A stable name for an element, the same from the live node and from the replayed node: the interface
// below is met by a DOM Element in any window and can be met by a node of a folded tree.
//
// A key is an ordered list of candidates. Each is used only where it is unique in its document when it
// is taken, and resolves only where it is unique in the document it is looked up in: a point is
// never placed on a guess. What people wrote for machines comes first, then what they wrote for people, then
// classes, then positions: in this order it outlives a deploy.
import { createClassPath } from "./class-path.ts";
import { itemOf, linkOf, SILENT, toldWords, wordsOf } from "./told-by-element.ts";

/** The part of `Element` that a key needs. Attributes are read after privacy. */
export interface KeyNode {
	readonly localName: string;
	/** Left out where it is not known; positions are counted among elements of one kind. */
	readonly namespaceURI?: string | null;
	readonly parentElement: KeyNode | null;
	readonly previousElementSibling: KeyNode | null;
	readonly firstElementChild: unknown;
	readonly textContent: string | null;
	/** Of a link, whole. */
	readonly href?: unknown;
	/** Of a control. */
	readonly labels?: ArrayLike<KeyNode> | null;
	readonly ownerDocument?: { readonly designMode?: string } | null;
	getAttribute(name: string): string | null;
	closest(selector: string): { readonly localName: string } | null;
	querySelector(selector: string): unknown;
}

export type CandidateKind =
	| ("test" | "id" | "name" | "path")
	/** A selector by `aria-label` within the nearest landmark · `linkOf` · tag, `=` and `wordsOf`. */
	| ("label" | "link" | "text")
	/**
	 * `createClassPath` · the same, `@` and the position among all that it finds, or among those of them
	 * that are in an item which says what stands behind a `=` (`itemOf`).
	 */
	| ("class" | "item");
export type ElementCandidate = [kind: CandidateKind, value: string];

/** The elements of a document that match a CSS selector, in its order. */
export type FindAll<E> = (selector: string) => ArrayLike<E>;

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
const MOST = 7;
/** More are not compared by what they say: it would cost the page a millisecond for each key. */
const COMPARED = 60;
/** Elements. On larger pages each search takes so long that names and positions must do. */
const LARGE = 5000;
/** What every link of a pattern has in it, so that a browser finds them without asking each. */
const LITERAL = /[^/:]+(?=(?:\/:\w+)*$)/;
const LANDMARKS = "header,nav,main,aside,footer,form,dialog";
/** Room for about 40 steps: pages of a framework are that deep and name little. */
export const PATH_LENGTH = 1200;
const STEPS_LENGTH = PATH_LENGTH - VALUE_LENGTH - 40;
const XHTML = "http://www.w3.org/1999/xhtml";
const READERS: Readonly<Record<string, (node: KeyNode) => string>> = {
	link: linkOf,
	text: wordsOf,
	item: itemOf,
};
const UNQUOTED = /[\0\n\r\f]/;
/** Neither a path nor what an item says has an `@`. */
const ITEM = /@(\d+)=?/;
type AnchorOf = (node: KeyNode) => string | undefined;
/** A path that matches nothing in any document. */
export const NOWHERE = "html > html:nth-of-type(1)";

/** Attributes beside the id by which an element is found again. */
export function isNaming(attribute: string): boolean {
	return attribute === "name" || TEST_ATTRIBUTES.includes(attribute);
}

/** Is a candidate text of the page, which strict privacy does not let out? */
export function isWords([kind, value]: ElementCandidate): boolean {
	return kind === "label" || kind === "text" || (kind === "item" && !/@\d+$/.test(value));
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
 * The candidates of a node, best first, at most seven; the last is always its path. In a shadow tree or
 * outside the document no selector reaches a node, and a name would find another one: the path leads nowhere.
 */
export function createElementKey(node: KeyNode, findAll: FindAll<KeyNode>): ElementCandidate[] {
	if (!node.closest("html")) return [["path", NOWHERE]];
	const anchorOf = (at: KeyNode) =>
		namesOf(at)
			.filter(([kind]) => kind !== "name")
			.map(selectorOf)
			.find((selector) => findAll(selector).length === 1);
	const isUnique = (candidate: ElementCandidate) => {
		const { length } = candidate[1];
		const found = length && length < PATH_LENGTH ? findCandidate(candidate, findAll) : [];
		return found[0] === node && !found[1];
	};
	// What was written for machines outlives what was written for people, and that the classes. Each is a
	// search of the page: the next is asked only where the one before has nothing.
	let told = namesOf(node).filter(isUnique);
	if (!told[0] && !isSilent(node) && !findAll("*")[LARGE]) {
		told = saidBy(node).filter(isUnique);
		if (!told[0]) told = placesOf(node, anchorOf, findAll);
	}
	return [...told.slice(0, MOST - 1), ["path", createPath(node, anchorOf)]];
}

/** One string for a list of candidates: what rows are grouped by. */
export function formatElementKey([first]: readonly ElementCandidate[]): string {
	return first?.join(":") ?? "";
}

/** The elements that a candidate means, in their order: it says which only where that is one. */
export function findCandidate<E>(candidate: ElementCandidate, findAll: FindAll<E>): ArrayLike<E> {
	const [kind, value] = candidate;
	const found = findAll(selectorOf(candidate));
	const [, at, item] = kind === "item" ? value.split(ITEM) : [];
	const said = item ?? value.slice(value.indexOf("=") + 1);
	const isMany = said && found[COMPARED];
	const alike = isMany ? found : listAlike(found, kind, said);
	return at && !isMany ? Array.from(alike).splice(+at, 1) : alike;
}

/** Those of them that say so, or all where nothing is to be said. */
function listAlike<E>(found: ArrayLike<E>, kind: string, said: string): ArrayLike<E> {
	const read = said && READERS[kind];
	// What is looked up by what it says is an element.
	return read ? Array.from(found).filter((node) => read(node as KeyNode) === said) : found;
}

/** CSS selector that finds a candidate; of a link, a text and an item others too (`findCandidate`). */
export function selectorOf([kind, value]: ElementCandidate): string {
	const split = value.indexOf("=");
	if (kind === "text") return value.slice(0, split);
	if (kind === "link") return `a[href*=${quote(LITERAL.exec(value)?.[0] ?? "")}]`;
	if (kind === "test") return `[${value.slice(0, split)}=${quote(value.slice(split + 1))}]`;
	return kind === "id" || kind === "name"
		? `[${kind}=${quote(value)}]`
		: (value.split(ITEM)[0] ?? "");
}

/** What is blocked is recorded without its attributes, so its key must do without them too. */
function namesOf(node: KeyNode): ElementCandidate[] {
	if (node.getAttribute("data-snag-block") !== null) return [];
	return NAMES.flatMap((name): ElementCandidate[] => {
		const value = node.getAttribute(name);
		// CSS reads a NUL as another character, which may be the name of another element, and a line break ends a text.
		if (!value || value.length > VALUE_LENGTH || UNQUOTED.test(value)) return [];
		if (name !== "id" && !isTold(name, value)) return [];
		if (name === "id" || name === "name") return isStableId(value) ? [[name, value]] : [];
		return [["test", `${name}=${value}`]];
	});
}

/** Nothing of what is private, where a replay does without it. */
function isSilent(node: KeyNode): boolean {
	return (
		!!node.closest(SILENT) ||
		node.ownerDocument?.designMode === "on" ||
		!/^[a-z][a-z\d-]*$/.test(node.localName)
	);
}

/** "" of what it has not. */
function saidBy(node: KeyNode): ElementCandidate[] {
	const tag = node.localName;
	const label = node.getAttribute("aria-label");
	// A browser finds a label as it is written, and one with a number counts something.
	const isTelling = label && label === toldWords(label) && !/\d/.test(label);
	const words = wordsOf(node);
	return [
		[
			"label",
			isTelling
				? `${node.closest(LANDMARKS)?.localName ?? "html"} ${tag}[aria-label=${quote(label)}]`
				: "",
		],
		["link", tag === "a" ? linkOf(node) : ""],
		["text", words && `${tag}=${words}`],
	];
}

/** Of what is one of many: in which item it is, for lists get another order, and the how-manieth it is. */
function placesOf(
	node: KeyNode,
	anchorOf: AnchorOf,
	findAll: FindAll<KeyNode>,
): ElementCandidate[] {
	const path = createClassPath(node, anchorOf);
	const found = findAll(path);
	if (path.length > STEPS_LENGTH) return [];
	if (found[0] === node && !found[1]) return [["class", path]];
	const items = [found[COMPARED] ? "" : itemOf(node), ""];
	return items.flatMap((said, isAny): ElementCandidate[] => {
		const position = Array.from(listAlike(found, "item", said)).indexOf(node);
		const value = `${path}@${position}${said && `=${said}`}`;
		// A tag alone says nothing of a list.
		const isTelling = said || (isAny && /\W/.test(path));
		return isTelling && /^[^@]+@\d/.test(value) ? [["item", value]] : [];
	});
}

/** Steps by position up to the nearest ancestor with a unique name, which holds when the page grows. */
function createPath(node: KeyNode, anchorOf: AnchorOf): string {
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
		const anchor = anchorOf(at);
		if (anchor && anchor.length + steps.length <= PATH_LENGTH) return anchor + steps;
	}
	return `html${steps}`;
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

function quote(value: string): string {
	return `"${value.replace(/["\\]/g, "\\$&")}"`;
}
