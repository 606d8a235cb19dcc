// Which nodes are recorded, what each is called, and which of them a replay has by now. All of it in weak
// maps: what the page lets go of, we let go of too.
import { parentNodeOf } from "../../native.ts";
import { BLOCK } from "../../privacy/private-content.ts";

export interface Nodes {
	/** The number that it was last told by, 0 where it never was. */
	idOf(node: Node): number;
	/** Its number where a replay has the node at this moment. */
	sentId(node: Node): number | undefined;
	isSent(node: Node): boolean;
	/** A replay is told the node now, by the next number: even one that it had before is new to it. */
	markSent(node: Node): void;
	/** The number that the next node is told by. */
	next(): number;
	/** A replay no longer has the node, nor what is in it. */
	forget(node: Node): void;
	/** A replay has nothing yet. */
	forgetAll(): void;
}

export function createNodes(): Nodes {
	/** Below zero where a replay has the node no longer. */
	const ids = new WeakMap<Node, number>();
	let last = 0;
	/** Numbers up to this one are of a replay that has begun anew since. */
	let forgotten = 0;
	const isSent = (node: Node): boolean => (ids.get(node) ?? 0) > forgotten;
	const forget = (node: Node): void => {
		const id = ids.get(node) ?? 0;
		if (id <= forgotten) return;
		ids.set(node, -id);
		forgetIn(node);
		const root = shadowOf(node);
		if (root) forgetIn(root);
		const inside = documentOf(node);
		if (inside) forget(inside);
	};
	const forgetIn = (node: Node): void => {
		for (let child = node.firstChild; child; child = child.nextSibling) forget(child);
	};
	return {
		idOf: (node) => Math.abs(ids.get(node) ?? 0),
		sentId(node) {
			const id = ids.get(node) ?? 0;
			return id > forgotten ? id : undefined;
		},
		isSent,
		markSent(node) {
			ids.set(node, ++last);
		},
		next: () => last + 1,
		forget,
		forgetAll() {
			forgotten = last;
		},
	};
}

/** Nodes may be of a frame's own realm, where `instanceof` says no. */
export function isElement(node: Node): node is Element {
	return node.nodeType === 1;
}

export function isText(node: Node): node is Text {
	return node.nodeType === 3;
}

/** Of an element that has an open one. */
export function shadowOf(node: Node): ShadowRoot | null {
	return isElement(node) ? node.shadowRoot : null;
}

export function hostOf(root: Node): Element | undefined {
	return root.nodeType === 11 ? (root as ShadowRoot).host : undefined;
}

/** What stands in a frame, where the page itself may look at it. */
export function documentOf(node: Node): Document | undefined {
	if (!isElement(node) || (node.localName !== "iframe" && node.localName !== "frame")) {
		return undefined;
	}
	try {
		return (node as HTMLIFrameElement).contentDocument ?? undefined;
	} catch {
		return undefined;
	}
}

/** The recorded parent: of what stands at the top of a shadow tree, its host. */
export function parentOf(node: Node): Node | undefined {
	const parent = parentNodeOf(node);
	return parent === null ? undefined : (hostOf(parent) ?? parent);
}

/** Does it stand in what is marked by this attribute, in whatever shadow tree or frame of it? */
export function isWithin(node: Node, attribute: string): boolean {
	let at: Node | null | undefined = node;
	while (at && !(isElement(at) && at.hasAttribute(attribute))) {
		at = parentOf(at) ?? (at as Document).defaultView?.frameElement;
	}
	return Boolean(at);
}

export function isInShadow(node: Node): boolean {
	return node.parentNode !== null && hostOf(node.parentNode) !== undefined;
}

/**
 * What replays have no use for; all else is recorded, so that `:nth-child` means the same there.
 *
 * @param around name of what it stands in
 */
export function isRecorded(node: Node, around = (node.parentNode as Element)?.localName): boolean {
	const { nodeType } = node;
	if (nodeType === 3) return around !== "head" || (node as Text).data.trim() !== "";
	if (nodeType !== 1) return nodeType === 4 || nodeType === 9 || nodeType === 10;
	const { localName } = node as Element;
	if (localName !== "link") return localName !== "script";
	return !/^(?:modulepreload|prefetch|preload)$/i.test((node as Element).getAttribute("rel") ?? "");
}

const CHILDLESS = new Set(["textarea", "noscript", "iframe", "frame", "object"]);

/** May children of this one be recorded? */
export function hasContent(tag: string, names: readonly string[]): boolean {
	return !CHILDLESS.has(tag) && !names.includes(BLOCK);
}

export function isBlocked(element: Element): boolean {
	return element.hasAttribute(BLOCK);
}
