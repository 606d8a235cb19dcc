// The page of a recording as rrweb's replayer would have it: a tree of nodes linked to their siblings, and
// the mirror from rrweb's ids to them. It is the document without a browser, so it also keeps what a
// browser would refuse: a change that throws there ends the rest of its event, and must end it here.
// Nodes are linked, not listed in arrays, so that a change costs the same among ten siblings or 10,000.
//
// Removed shadow trees and documents of frames stay in the replayer's mirror for good, and are taken up
// again where their ids come back. Here they are *stranded*, and the oldest are forgotten past a cap.
import type { Declarations } from "./fold-declarations.ts";
import type { RuleList } from "./fold-rules.ts";
import { type Fields, textOf } from "./scrub-node.ts";

export const DOCUMENT = 0;
export const DOCTYPE = 1;
export const ELEMENT = 2;
export const TEXT = 3;
export const COMMENT = 5;
/** Not of rrweb: what an element's shadow children hang on. */
export const SHADOW = 100;

export interface FoldNode {
	/** 0 for nodes the mirror does not know. */
	readonly id: number;
	readonly type: number;
	/** What the node was made from, as the replayer remembers it. Never changed. */
	readonly made: Fields;
	/** Lower case; "" for what is no element. */
	readonly tag: string;
	readonly svg: boolean;
	/** The build of a whole tree that made it, 1 for the snapshot's; 0 for one that came alone. */
	readonly build: number;
	parent: FoldNode | undefined;
	previous: FoldNode | undefined;
	next: FoldNode | undefined;
	first: FoldNode | undefined;
	last: FoldNode | undefined;
	/** Of an element: where its shadow children hang, and the document inside a frame. */
	shadow: FoldNode | undefined;
	frame: FoldNode | undefined;
	/** Of a shadow tree or a document in a frame: the element. */
	host: FoldNode | undefined;
	/** As written in the snapshot, shared with `made` until one is changed. */
	attributes: Fields;
	text: string;
	/** How a browser comes from `text` to what the node holds. */
	how: "raw" | "adapted" | "part";
	live: Live | undefined;
}

/** What only few nodes have. */
export interface Live {
	/** Attributes that were set by an event and would become something else in a snapshot. */
	late?: Map<string, string>;
	/** Changes of single properties since the `style` attribute was last written. */
	style?: Declarations;
	input?: { event: Fields; order: number; isValueLate: boolean };
	/** Of a `select`; kept where it became one of several lines with what was chosen in it. */
	chosen?: { option: FoldNode | undefined; isKept?: boolean };
	scroll?: { x: number; y: number };
	media?: Media;
	/** What was done to the rules of a `style` element since its text was last written. */
	rules?: RuleList;
	/** Texts that a `style` was built with, where the first few of them, its parts, shared its sheet. */
	spread?: FoldNode[];
	parts?: number;
	/** Of documents and shadow trees. */
	adopted?: readonly number[];
	/** Names of custom elements that are defined in a document. */
	defined?: Set<string>;
	/** When a dialog was opened above all others, among those that were. */
	modal?: number;
}

export interface Media {
	isPlaying: boolean;
	currentTime: number;
	at: number;
	playbackRate: number;
	volume: number;
	muted: boolean;
	loop: boolean;
}

/** A style sheet that was made by script. Only the document it was made in can adopt it. */
export interface Constructed {
	rules: RuleList;
	owner: FoldNode;
}

export interface Page {
	readonly mirror: Map<number, FoldNode>;
	root: FoldNode | undefined;
	/** Counts whatever has to be done again in the order in which it happened. */
	order: number;
	/** Counts options that were looked at one by one, and nodes of trees that were moved whole. */
	looks: number;
	/** Counts builds of more than one node. */
	builds: number;
	/** Of all that came. */
	lowestId: number;
	/** Documents of frames that are not there yet. */
	documents: Fields[];
	/** Radio buttons that are ticked. */
	readonly ticked: Set<FoldNode>;
	/** Constructed style sheets by their ids. */
	readonly sheets: Map<number, Constructed>;
	/** Names what could not be folded. */
	miss(name: string): void;
	/** Keeps in mind a tree that lost its place while its nodes stay in the mirror. */
	strand(root: FoldNode): void;
	/** How many nodes of the mirror are stranded, at most. */
	readonly stranded: number;
}

/** Ends the event that is being applied, as an exception in the browser would. */
export const REFUSED = new Error("A browser would refuse this change.");

/** A forged event of a hundred bytes can have a long list looked through. Pages come to some thousands. */
export const LOOKS_MAX = 5_000_000;
/** Documents deeper than this are not walked upwards; nobody writes one. */
const DEPTH_MAX = 20_000;

export function createNode(made: Fields, id: number, build = 0): FoldNode {
	const type = typeof made.type === "number" ? made.type : -1;
	const attributes = (made.attributes ?? {}) as Fields;
	return {
		id,
		type,
		made,
		tag: type === ELEMENT ? liveTag(textOf(made.tagName).toLowerCase(), attributes) : "",
		svg: made.isSVG === true,
		build,
		parent: undefined,
		previous: undefined,
		next: undefined,
		first: undefined,
		last: undefined,
		shadow: undefined,
		frame: undefined,
		host: undefined,
		attributes,
		text: textOf(made.textContent),
		how: made.isStyle === true ? "adapted" : "raw",
		live: undefined,
	};
}

export function liveOf(node: FoldNode): Live {
	node.live ??= {};
	return node.live;
}

/** Puts a node in front of another, or last. Takes it out of its old place. */
export function insert(parent: FoldNode, node: FoldNode, before: FoldNode | undefined): void {
	refuse(parent, node, before);
	// A node in front of itself stays where it is, as in a browser.
	const next = before === node ? node.next : before;
	unlink(node);
	const previous = next === undefined ? parent.last : next.previous;
	node.parent = parent;
	node.previous = previous;
	node.next = next;
	if (previous === undefined) parent.first = node;
	else previous.next = node;
	if (next === undefined) parent.last = node;
	else next.previous = node;
}

export function unlink(node: FoldNode): void {
	const { parent, previous, next } = node;
	if (parent === undefined) return;
	if (previous === undefined) parent.first = next;
	else previous.next = next;
	if (next === undefined) parent.last = previous;
	else next.previous = previous;
	node.parent = undefined;
	node.previous = undefined;
	node.next = undefined;
}

export function* childrenOf(parent: FoldNode): Generator<FoldNode> {
	for (let node = parent.first; node !== undefined; ) {
		const next: FoldNode | undefined = node.next;
		yield node;
		node = next;
	}
}

/** The first child of the type that is not `except`. */
export function findChild(parent: FoldNode, type: number, except?: FoldNode): FoldNode | undefined {
	let child = parent.first;
	while (child !== undefined && (child.type !== type || child === except)) child = child.next;
	return child;
}

/** A tree with its shadow trees and frames, without recursion: it may be deeper than the stack. */
export function* walk(root: FoldNode, isWhole = true): Generator<FoldNode> {
	const left = [root];
	for (let node = left.pop(); node !== undefined; node = left.pop()) {
		yield node;
		for (let child = node.last; child !== undefined; child = child.previous) left.push(child);
		if (!isWhole) continue;
		if (node.shadow !== undefined) left.push(node.shadow);
		if (node.frame !== undefined) left.push(node.frame);
	}
}

/** Up to the page's document, through shadow trees and frames. */
export function isShown(page: Page, node: FoldNode): boolean {
	let at: FoldNode | undefined = node;
	for (let depth = 0; at !== undefined && depth < DEPTH_MAX; depth++) {
		if (at === page.root) return true;
		at = at.parent ?? at.host;
	}
	return false;
}

/** The document a node stands in; undefined where it stands in none. */
export function documentOf(node: FoldNode): FoldNode | undefined {
	let at: FoldNode | undefined = node;
	for (let depth = 0; at !== undefined && depth < DEPTH_MAX; depth++) {
		if (at.type === DOCUMENT) return at;
		at = at.parent ?? at.host;
	}
	return undefined;
}

export function contains(ancestor: FoldNode, node: FoldNode, isThroughHosts = false): boolean {
	let at: FoldNode | undefined = node;
	for (let depth = 0; at !== undefined && depth < DEPTH_MAX; depth++) {
		if (at === ancestor) return true;
		at = at.parent ?? (isThroughHosts && at.type === SHADOW ? at.host : undefined);
	}
	return false;
}

/** What a browser's insertion refuses (DOM standard, "ensure pre-insert validity"). */
function refuse(parent: FoldNode, node: FoldNode, before: FoldNode | undefined): void {
	const { type } = parent;
	if (type !== ELEMENT && type !== SHADOW && type !== DOCUMENT) throw REFUSED;
	const isEmpty = node.first === undefined && node.shadow === undefined;
	if (node === parent || (!isEmpty && contains(node, parent, true))) throw REFUSED;
	if (before !== undefined && before.parent !== parent) throw REFUSED;
	if (node.type === DOCUMENT || node.type === SHADOW) throw REFUSED;
	if (type !== DOCUMENT) {
		if (node.type === DOCTYPE) throw REFUSED;
		return;
	}
	if (node.type === TEXT) throw REFUSED;
	if (node.type === COMMENT) return;
	if (findChild(parent, node.type, node) !== undefined) throw REFUSED;
	if (node.type === ELEMENT && before !== undefined && followsOrIs(before, DOCTYPE)) throw REFUSED;
	if (node.type === DOCTYPE && findChild(parent, ELEMENT) !== undefined) {
		if (before === undefined || !followsOrIs(before, ELEMENT)) throw REFUSED;
	}
}

function followsOrIs(from: FoldNode, type: number): boolean {
	for (let at: FoldNode | undefined = from; at !== undefined; at = at.next) {
		if (at.type === type) return true;
	}
	return false;
}

/** The replayer makes a `style` of a link whose sheet was recorded. */
function liveTag(tag: string, attributes: Fields): string {
	if (tag === "script") return "noscript";
	return tag === "link" && attributes._cssText ? "style" : tag;
}
