// Runs in the recorded page: random changes of its document with a seed, so that a page that fails can be
// made again. What rrweb loses in the corpus is left out, for else every seed would fail: nodes that are
// moved between trees, hosts that are taken out and put back, styles in shadow trees that are changed.
import { createRandom, type Random } from "../../replay/proof/random.ts";

type Change = (page: Mutated) => void;

interface Mutated {
	random: Random;
	/** Every element that a change may aim at, attached or not. */
	pick(): HTMLElement;
	/** Taken out, to be put back later. */
	away: HTMLElement[];
	next(): number;
	root: HTMLElement;
}

const TAGS = ["div", "p", "span", "ul", "li", "b", "section", "table", "svg", "button"];
const WORDS = [
	"one",
	"two & three",
	"<four>",
	"  ",
	"fünf",
	"\u05e9\u05dc\u05d5\u05dd",
	"six\nseven",
];
const MAX_ELEMENTS = 250;

/** @returns a function that makes `count` more changes, some of them in tasks of their own */
export function createMutations(seed: number, root: HTMLElement): (count: number) => Promise<void> {
	const random = createRandom(seed);
	let made = 0;
	const page: Mutated = {
		random,
		root,
		away: [],
		next: () => made++,
		pick: () => random.pick([root, ...elementsIn(root)]),
	};
	return async (count) => {
		for (let at = 0; at < count; at++) {
			const crowded = elementsIn(root).length > MAX_ELEMENTS;
			(crowded ? remove : random.pick(CHANGES))(page);
			if (random.once(6)) await new Promise((resolve) => setTimeout(resolve, random.below(12)));
		}
	};
}

/** Those in shadow trees and in frames as well. */
function elementsIn(root: ParentNode): HTMLElement[] {
	return [...root.querySelectorAll<HTMLElement>("*")].flatMap((element) => {
		const framed = (element as HTMLIFrameElement).contentDocument?.body;
		const inner = element.shadowRoot ?? framed;
		if (element.localName === "style") return [];
		return [element, ...(inner ? elementsIn(inner) : [])];
	});
}

const insert: Change = ({ random, pick, next }) => {
	const parent = pick();
	const { ownerDocument } = parent;
	const tree = ownerDocument.createElement(random.pick(TAGS));
	tree.id = `n${next()}`;
	let inner = tree;
	for (let depth = random.below(4); depth > 0; depth--) {
		inner.append(random.pick(WORDS), ownerDocument.createElement(random.pick(TAGS)));
		if (random.once(2)) inner = inner.lastElementChild as HTMLElement;
	}
	placeIn(random, parent, tree);
};

const move: Change = ({ random, pick, root }) => {
	const [node, parent] = [pick(), pick()];
	if (node === root || hasHosts(node) || node.contains(parent)) return;
	if (node.getRootNode() !== parent.getRootNode()) return;
	placeIn(random, parent, node);
};

const remove: Change = ({ random, pick, root, away }) => {
	const node = pick();
	if (node === root) return;
	node.remove();
	if (random.once(3) && !hasHosts(node) && node.ownerDocument === root.ownerDocument)
		away.push(node);
};

const putBack: Change = ({ random, away, root }) => {
	const node = away.pop();
	if (node === undefined) return;
	if (random.once(2)) node.append(random.pick(WORDS));
	if (random.once(3)) node.firstElementChild?.remove();
	placeIn(random, random.pick([root, ...root.querySelectorAll<HTMLElement>("div")]), node);
};

const flicker: Change = ({ random, pick, root }) => {
	const node = pick();
	const { parentNode, nextSibling } = node;
	if (node === root || hasHosts(node) || !parentNode) return;
	node.remove();
	if (random.once(2)) node.setAttribute("data-away", "");
	if (random.once(2)) node.append(random.pick(WORDS));
	parentNode.insertBefore(node, nextSibling);
};

const setAttribute: Change = ({ random, pick, next }) => {
	const node = pick();
	const name = random.pick(["class", "title", "data-a", "data-b", "hidden", "dir", "aria-label"]);
	if (random.once(4)) node.removeAttribute(name);
	else node.setAttribute(name, `v${next()}`);
};

const setStyle: Change = ({ random, pick, next }) => {
	const { style } = pick();
	const name = random.pick(["left", "color", "margin-top", "--own", "opacity"]);
	const value = name === "color" ? random.pick(["red", "rgb(1, 2, 3)"]) : `${next() % 9}`;
	if (random.once(4)) style.removeProperty(name);
	else style.setProperty(name, value, random.once(3) ? "important" : "");
};

const setText: Change = ({ random, pick, next }) => {
	const node = pick();
	const text = [...node.childNodes].find(({ nodeType }) => nodeType === Node.TEXT_NODE) as
		| Text
		| undefined;
	if (text === undefined) node.append(random.pick(WORDS));
	else if (random.once(3)) text.splitText(random.below(text.length + 1));
	else if (random.once(4)) node.normalize();
	else text.data = `${random.pick(WORDS)}${next()}`;
};

const rewrite: Change = ({ random, pick, root, next }) => {
	const node = pick();
	if (node === root || node.namespaceURI?.endsWith("svg")) return;
	node.innerHTML = `<i id=w${next()}>w</i>${random.pick(["", "text", "<b><u>deep</u></b>"])}`;
};

const shuffle: Change = ({ random, pick }) => {
	const node = pick();
	if (node.children.length < 2 || hasHosts(node)) return;
	node.append(random.pick([...node.children]), ...[...node.childNodes].reverse());
};

const addShadow: Change = ({ random, root, next }) => {
	const host = root.ownerDocument.createElement("div");
	host.id = `host${next()}`;
	host.attachShadow({
		mode: "open",
	}).innerHTML = `<style>p { top: ${next()}px }</style><p>shadow</p><slot></slot>`;
	if (host.shadowRoot && random.once(2)) {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(`p { left: ${next()}px } b:hover { color: red }`);
		host.shadowRoot.adoptedStyleSheets = [sheet];
	}
	root.append(host);
};

const addStyle: Change = ({ random, root, next }) => {
	const style = root.ownerDocument.createElement("style");
	if (random.once(2)) style.textContent = `.s${next()} { top: 1px } .t:hover { left: 2px }`;
	root.ownerDocument.head.append(style);
};

const changeRule: Change = ({ random, root, next }) => {
	const styles = [...root.ownerDocument.head.querySelectorAll("style")];
	const sheet = styles.length > 0 ? random.pick(styles).sheet : null;
	if (!sheet) return;
	const { length } = sheet.cssRules;
	if (length > 0 && random.once(3)) sheet.deleteRule(random.below(length));
	else sheet.insertRule(`.r${next()} { width: 3px; }`, random.below(length + 1));
};

/** Changes as often as they stand here. */
const CHANGES: readonly Change[] = [
	...[insert, insert, insert, insert, move, move, move, remove, putBack, flicker, shuffle],
	...[setAttribute, setAttribute, setStyle, setStyle, setText, setText, rewrite],
	...[addShadow, addStyle, changeRule, changeRule],
];

function placeIn(random: Random, parent: HTMLElement, node: HTMLElement): void {
	const { childNodes } = parent;
	parent.insertBefore(node, childNodes[random.below(childNodes.length + 1)] ?? null);
}

function hasHosts(node: HTMLElement): boolean {
	return elementsIn(node).some(({ shadowRoot }) => shadowRoot) || node.shadowRoot !== null;
}
