// Two trees of serialised nodes, and what a replayer has to be told to make the second of the first.
// Children that are in both keep their places as far as their order is the same; what is left between
// two of these is paired, first with first, where one can become the other. What finds no partner goes or
// comes. Linear but for the order of the children, which takes n log n.
import {
	canChange,
	isPlain,
	isSameElsewhere,
	isSameStyle,
	type States,
} from "./difference-states.ts";
import { SPLIT } from "./fold-build.ts";
import { COMMENT, ELEMENT, TEXT } from "./fold-tree.ts";
import { findRising } from "./rising.ts";
import { type Fields, isRecord, recordsOf, textOf } from "./scrub-node.ts";

export interface TreeChange {
	renames: { from: number; node: Fields }[];
	/** Parts of a mutation event. */
	removes: Fields[];
	adds: Fields[];
	texts: Fields[];
	attributes: Fields[];
	/** Ids that are built anew, and ids that are no more. */
	made: Set<number>;
	gone: Set<number>;
}

/** What is in them is understood by the browser as a whole, so they change as a whole. */
const WHOLE = new Set([
	...["style", "link", "select", "datalist", "textarea", "audio", "video", "picture", "object"],
	...["canvas", "iframe", "frame", "dialog", "details", "noscript", "script", "title", "base"],
]);
/** What an element would take along that its attributes do not say: a picture, something typed. */
const LASTING = new Set([
	...WHOLE,
	...["img", "input", "embed", "source", "track", "option", "optgroup", "meta", "template"],
	...["html", "head", "body", "frameset", "form", "progress", "meter", "marquee", "slot"],
	...["animate", "animatetransform", "animatemotion", "set"],
]);
const NONE: readonly Fields[] = [];
/** How far a partner is looked for among those that are left. */
const LOOK = 8;

interface Work extends TreeChange {
	before: States;
	after: States;
	/** Ids of shadow trees whose host goes: the replayer knows them for good, and would take them up again. */
	left: Set<number>;
	/** Ids in the tree before, and in the one after. */
	had: Set<number>;
	has: Set<number>;
}

/** @returns undefined where the document itself would have to change */
export function compareTrees(
	before: Fields,
	after: Fields,
	states: { before: States; after: States },
): TreeChange | undefined {
	const work: Work = {
		...{ renames: [], removes: [], adds: [], texts: [], attributes: [] },
		...{ made: new Set(), gone: new Set(), left: new Set(), ...states },
		...{ had: idsOf(before), has: idsOf(after) },
	};
	if (before.id !== after.id) return undefined;
	const isInTree = (id: number) => work.had.has(id) || work.has.has(id);
	if (!isSameElsewhere(states.before, states.after, isInTree)) return undefined;
	// Ids of our own stand for nodes that the replayer cannot find.
	for (const ids of [work.had, work.has]) for (const id of ids) if (id <= 0) return undefined;
	if (isUndefined(before, after)) return undefined;
	const [children, others] = [recordsOf(before.childNodes), recordsOf(after.childNodes)];
	if (children.length !== others.length) return undefined;
	for (const [index, child] of children.entries()) {
		const other = others[index];
		if (other === undefined || !canKeep(work, child, other)) return undefined;
		compare(work, child, other);
	}
	// The head and the body belong to the document.
	const parts = partsOf(before);
	const isWhole = ![...work.gone].some((id) => parts.has(id));
	if ([...work.left].some((id) => work.made.has(id))) return undefined;
	return isWhole && !work.adds.some(isBuiltWhole) ? work : undefined;
}

function compare(work: Work, a: Fields, b: Fields): void {
	const id = Number(b.id);
	if (a.type === TEXT || a.type === COMMENT) {
		if (a.textContent !== b.textContent) work.texts.push({ id, value: textOf(b.textContent) });
		return;
	}
	if (b.type !== ELEMENT) return;
	const changed = changedAttributes(attributesOf(a), attributesOf(b));
	// What single properties were set to goes with the attribute.
	if (!isSameStyle(id, work.before, work.after)) changed.style = attributesOf(b).style ?? null;
	if (Object.keys(changed).length > 0) work.attributes.push({ id, attributes: changed });
	if (isWhole(b)) return;
	compareChildren(work, b, [childrenOf(a, false), childrenOf(b, false)]);
	if (b.isShadowHost) compareChildren(work, b, [childrenOf(a, true), childrenOf(b, true)]);
}

function compareChildren(
	work: Work,
	parent: Fields,
	[as, bs]: [readonly Fields[], readonly Fields[]],
): void {
	const partners = pair(work, as, bs);
	const kept = new Set(partners);
	for (const a of as) if (!kept.has(a)) remove(work, parent, a);
	let next: unknown = null;
	for (let index = bs.length - 1; index >= 0; index--) {
		const b = bs[index];
		if (b === undefined) continue;
		const a = partners[index];
		if (a === undefined) add(work, { parent, node: b, next });
		else {
			if (a.id !== b.id) rename(work, a, b);
			compare(work, a, b);
		}
		next = b.id;
	}
}

/** @returns for each of `bs` what it is made of, if anything */
function pair(work: Work, as: readonly Fields[], bs: readonly Fields[]): (Fields | undefined)[] {
	const places = new Map(as.map((a, index) => [a.id, index]));
	const found = bs.map((b) => {
		const place = places.get(b.id) ?? -1;
		const a = as[place];
		return a !== undefined && canKeep(work, a, b) ? place : -1;
	});
	const rising = findRising(found);
	const partners: (Fields | undefined)[] = bs.map(() => undefined);
	let [fromA, fromB] = [0, 0];
	for (const index of [...rising, bs.length]) {
		const place = found[index] ?? as.length;
		pairLeft(work, { as: as.slice(fromA, place), bs, from: fromB, to: index, partners });
		if (index < bs.length) partners[index] = as[place];
		[fromA, fromB] = [place + 1, index + 1];
	}
	return partners;
}

/** Between two that are kept: what can become what, in order. */
function pairLeft(
	work: Work,
	left: {
		as: readonly Fields[];
		bs: readonly Fields[];
		from: number;
		to: number;
		partners: (Fields | undefined)[];
	},
): void {
	const { bs, from, to, partners } = left;
	const as = left.as.filter(({ id }) => !work.has.has(Number(id)));
	let next = 0;
	for (let index = from; index < to && next < as.length; index++) {
		const b = bs[index];
		if (b === undefined || work.had.has(Number(b.id))) continue;
		const end = Math.min(as.length, next + LOOK);
		for (let at = next; at < end; at++) {
			const a = as[at];
			if (a === undefined || !canRename(work, a, b)) continue;
			partners[index] = a;
			next = at + 1;
			break;
		}
	}
}

function remove(work: Work, parent: Fields, node: Fields): void {
	const place = node.isShadow ? { isShadow: true } : {};
	work.removes.push({ parentId: parent.id, id: node.id, ...place });
	visit(node, (each) => {
		work.gone.add(each.id as number);
		for (const child of childrenOf(each, true)) {
			visit(child, ({ id }) => work.left.add(id as number));
		}
	});
}

/**
 * Each node by itself, behind its parent. What stands in it comes in its order, each behind the one before:
 * of the options of a list the first that comes is chosen.
 */
function add(work: Work, root: { parent: Fields; node: Fields; next: unknown }): void {
	const left = [root];
	for (let each = left.pop(); each !== undefined; each = left.pop()) {
		const { parent, node, next } = each;
		const { childNodes, ...own } = node;
		work.adds.push({ parentId: parent.id, nextId: next, node: { ...own, childNodes: [] } });
		work.made.add(Number(node.id));
		const children = allChildrenOf(node);
		for (let index = children.length - 1; index >= 0; index--) {
			const child = children[index];
			if (child !== undefined) left.push({ parent: node, node: child, next: null });
		}
	}
}

/** Whether a custom element would have to lose its definition, which a browser keeps for good. */
function isUndefined(before: Fields, after: Fields): boolean {
	const defined = new Set<unknown>();
	visit(before, ({ isCustom, tagName }) => isCustom && defined.add(tagName));
	if (defined.size === 0) return false;
	let isLost = false;
	visit(after, ({ isCustom, tagName }) => {
		isLost ||= !isCustom && defined.has(tagName);
	});
	return isLost;
}

/**
 * What can only be built with all that is in it: a sheet that is spread over its texts, and a shadow tree,
 * whose nodes stay known to the replayer when their host goes, and would be taken up again as they were.
 */
function isBuiltWhole({ node }: Fields): boolean {
	if (!isRecord(node)) return false;
	return node.isShadowHost === true || textOf(attributesOf(node)._cssText).includes(SPLIT);
}

function rename(work: Work, a: Fields, b: Fields): void {
	const { childNodes, ...own } = b;
	work.renames.push({ from: Number(a.id), node: { ...own, childNodes: [] } });
	work.gone.add(Number(a.id));
}

/** The same node at both instants: can it be changed where it stands? */
function canKeep(work: Work, a: Fields, b: Fields): boolean {
	if (a.id !== b.id || !isSameKind(a, b)) return false;
	if (a.type === TEXT)
		return a.isStyle === b.isStyle && (!a.isStyle || a.textContent === b.textContent);
	if (a.type !== ELEMENT) return true;
	if (!canChange(Number(a.id), work.before, work.after)) return false;
	if (!isWhole(a)) {
		const [from, to] = [attributesOf(a), attributesOf(b)];
		const isStyled = from.style !== to.style || !isSameStyle(Number(a.id), work.before, work.after);
		// The size that a blocked element was given goes with its style.
		if (isStyled && ("rr_width" in to || "rr_height" in to)) return false;
		return isChangeable(from, to);
	}
	if (JSON.stringify(a) !== JSON.stringify(b)) return false;
	const { before, after } = work;
	return [...idsOf(a)].every(
		(id) => canChange(id, before, after) && (id === a.id || isSameStyle(id, before, after)),
	);
}

/** Two nodes: can the one become the other, and nobody sees it? */
function canRename(work: Work, a: Fields, b: Fields): boolean {
	if (!isSameKind(a, b)) return false;
	if (a.type === TEXT) return !a.isStyle && !b.isStyle;
	if (a.type === COMMENT) return true;
	if (a.type !== ELEMENT || a.isShadowHost || a.isCustom) return false;
	if (LASTING.has(tagOf(a))) return false;
	if (!isPlain(Number(a.id), work.before) || !isPlain(Number(b.id), work.after)) return false;
	return isChangeable(attributesOf(a), attributesOf(b));
}

function isSameKind(a: Fields, b: Fields): boolean {
	return (
		a.type === b.type &&
		a.tagName === b.tagName &&
		a.isSVG === b.isSVG &&
		a.isCustom === b.isCustom &&
		a.isShadowHost === b.isShadowHost &&
		a.isShadow === b.isShadow &&
		a.rootId === b.rootId
	);
}

/** Whether all that differs would be set by an event as a snapshot sets it. */
function isChangeable(a: Fields, b: Fields): boolean {
	return Object.entries(changedAttributes(a, b)).every(([name, value]) => {
		if (name.startsWith("rr_") || name.startsWith("_") || name.includes(":")) return false;
		const isText = (each: unknown) => each === undefined || typeof each === "string";
		return (value === null || typeof value === "string") && isText(a[name]);
	});
}

function changedAttributes(a: Fields, b: Fields): Fields {
	const changed: Fields = {};
	for (const name of Object.keys(a)) if (!(name in b)) changed[name] = null;
	for (const [name, value] of Object.entries(b)) if (a[name] !== value) changed[name] = value;
	return changed;
}

function isWhole(node: Fields): boolean {
	return WHOLE.has(tagOf(node));
}

function tagOf({ tagName }: Fields): string {
	return textOf(tagName).toLowerCase();
}

function attributesOf({ attributes }: Fields): Fields {
	return isRecord(attributes) ? attributes : {};
}

function childrenOf(node: Fields, isShadow: boolean): readonly Fields[] {
	const children = allChildrenOf(node);
	if (!node.isShadowHost) return isShadow ? NONE : children;
	return children.filter((child) => (child.isShadow === true) === isShadow);
}

/** As the fold wrote them. */
function allChildrenOf({ childNodes }: Fields): readonly Fields[] {
	return Array.isArray(childNodes) ? (childNodes as Fields[]) : NONE;
}

function idsOf(root: Fields): Set<number> {
	const ids = new Set<number>();
	visit(root, ({ id }) => ids.add(id as number));
	return ids;
}

/** A tree in any order; a function, because a generator takes three times as long. */
function visit(root: Fields, see: (node: Fields) => void): void {
	const left = [root];
	for (let node = left.pop(); node !== undefined; node = left.pop()) {
		see(node);
		for (const child of allChildrenOf(node)) left.push(child);
	}
}

/** `html`, `head` and `body`. */
function partsOf(document: Fields): Set<number> {
	const roots = recordsOf(document.childNodes).filter(({ type }) => type === ELEMENT);
	const parts = roots.flatMap((root) => [
		root,
		...recordsOf(root.childNodes).filter((child) => ["head", "body"].includes(tagOf(child))),
	]);
	return new Set([document, ...parts].map(({ id }) => Number(id)));
}
