// The page of a generated session: a tree with ids, as a recorder would keep it, and random pieces of it.
import type { Random } from "./random.ts";

export type Fields = Record<string, unknown>;

export interface Made {
	id: number;
	type: number;
	tag: string;
	fields: Fields;
	attributes: Fields;
	children: Made[];
	/** Children in its shadow tree, where it has one. */
	shadow: Made[] | undefined;
	parent: Made | undefined;
	/** The document in a frame. */
	frame: Made | undefined;
	/** Of a document. */
	owner: Made | undefined;
}

export interface GeneratedPage {
	random: Random;
	nextId: number;
	root: Made;
	hasDialogs: boolean;
}

const TAGS = ["div", "div", "p", "span", "ul", "section", "b", "a"];
const CSS = [
	".a { color: red; }",
	".a:hover, .b { left: 1px; margin: 2px; }",
	"@media (min-width: 1px) { .c { top: 1px; } .d { top: 2px; } }",
	"#x > .y { width: 3px; }",
	"@supports (display: grid) { .g { gap: 1px; } }",
	"a[href] { opacity: 0.5; }",
];

export function createPage(random: Random, hasDialogs: boolean): GeneratedPage {
	const page: GeneratedPage = { random, nextId: 1, root: undefined as unknown as Made, hasDialogs };
	page.root = makeDocument(page, 3);
	return page;
}

export function make(page: GeneratedPage, type: number, rest: Partial<Made> = {}): Made {
	return {
		id: page.nextId++,
		type,
		tag: "",
		fields: {},
		attributes: {},
		children: [],
		shadow: undefined,
		parent: undefined,
		frame: undefined,
		owner: undefined,
		...rest,
	};
}

export function makeDocument(page: GeneratedPage, pieces: number): Made {
	const { random } = page;
	const document = make(page, 0);
	if (random.once(3)) document.fields.compatMode = "BackCompat";
	if (!random.once(3)) {
		append(document, make(page, 1, { fields: { name: "html", publicId: "", systemId: "" } }));
	}
	const html = make(page, 2, { tag: "html", attributes: { lang: "en" } });
	append(document, html);
	const head = make(page, 2, { tag: "head" });
	const body = make(page, 2, { tag: "body", attributes: { class: "page" } });
	append(html, head);
	append(html, body);
	for (let count = 1 + random.below(3); count > 0; count--) append(head, makeStyle(page));
	for (let count = pieces + random.below(pieces); count > 0; count--)
		append(body, makePiece(page, 0));
	setOwner(document, document);
	return document;
}

/** A random element or text with whatever belongs below it. */
export function makePiece(page: GeneratedPage, depth: number): Made {
	const { random } = page;
	switch (random.below(depth > 3 ? 4 : 19)) {
		case 0:
		case 1:
			return makeText(page);
		case 2:
			return random.once(3)
				? make(page, 5, { fields: { textContent: " note " } })
				: makeInput(page);
		case 3:
			return makeTextArea(page);
		case 4:
			return makeSelect(page);
		case 5:
			return makeHost(page, depth);
		case 6:
			return makeSvg(page);
		case 7:
			return make(page, 2, {
				tag: random.pick(["video", "audio"]),
				attributes: {
					rr_mediaState: random.pick(["played", "paused"]),
					rr_mediaCurrentTime: random.below(20),
					rr_mediaPlaybackRate: random.pick([1, 2]),
					rr_mediaMuted: random.once(2),
					rr_mediaLoop: false,
					rr_mediaVolume: 0.5,
				},
			});
		case 8: {
			if (!page.hasDialogs) return makeText(page);
			const attributes = random.once(2)
				? {}
				: { open: "", rr_open_mode: random.pick(["modal", "non-modal"]) };
			const dialog = make(page, 2, { tag: "dialog", attributes });
			append(dialog, makeText(page));
			return dialog;
		}
		case 9:
			return make(page, 2, { tag: "iframe", attributes: { title: "frame" } });
		case 10:
			return random.once(2) ? makeStyle(page) : makeLink(page);
		case 11: {
			const blocked = { class: "blocked", rr_width: "10px", rr_height: "20px" };
			return make(page, 2, { tag: "div", attributes: blocked });
		}
		default:
			return makeBox(page, depth);
	}
}

export function makeText(page: GeneratedPage): Made {
	const words = ["one", "two", "three ", " four", "", "fünf"];
	return make(page, 3, { fields: { textContent: `${page.random.pick(words)}${page.nextId}` } });
}

export function makeOption(page: GeneratedPage): Made {
	const { random } = page;
	const attributes: Fields = random.once(2) ? { value: `v${random.below(9)}` } : {};
	if (random.once(6)) attributes.disabled = "";
	if (random.once(8)) attributes.selected = true;
	const option = make(page, 2, { tag: "option", attributes });
	append(option, makeText(page));
	return option;
}

/** A sheet as recorders write it: as an attribute, its text nodes empty; or as plain text. */
export function makeStyle(page: GeneratedPage): Made {
	const { random } = page;
	const style = make(page, 2, { tag: "style", attributes: {} });
	const rules = Array.from({ length: 1 + random.below(4) }, () => random.pick(CSS));
	if (random.once(4)) {
		for (const rule of rules) {
			append(style, make(page, 3, { fields: { textContent: rule } }));
		}
		return style;
	}
	const texts = random.below(3);
	style.attributes._cssText = rules.join(texts > 1 ? "/* rr_split */" : "");
	for (let count = texts; count > 0; count--) {
		append(style, make(page, 3, { fields: { textContent: "" } }));
	}
	return style;
}

export function append(parent: Made, child: Made): void {
	child.parent = parent;
	parent.children.push(child);
}

export function setOwner(root: Made, owner: Made | undefined): void {
	for (const node of each(root)) node.owner = owner;
}

/** A node and all below it in its document, parents first. */
export function* each(root: Made): Generator<Made> {
	yield root;
	for (const child of root.children) yield* each(child);
	for (const child of root.shadow ?? []) yield* each(child);
}

/** All that can be seen, frames included. */
export function* everything(page: GeneratedPage, root = page.root): Generator<Made> {
	for (const node of each(root)) {
		yield node;
		if (node.frame !== undefined) yield* everything(page, node.frame);
	}
}

/** As in a snapshot. */
export function encodeTree(node: Made, isShadow = false): Fields {
	const children = [
		...node.children.map((child) => encodeTree(child)),
		...(node.shadow ?? []).map((child) => encodeTree(child, true)),
	];
	// A recorder leaves out the text of a text area whose value it has.
	const hasValue = node.tag === "textarea" && node.attributes.value !== undefined;
	return { ...encodeAlone(node, isShadow), ...withChildren(node, hasValue ? [] : children) };
}

/** As in an add: without what is below it. */
export function encodeAlone(node: Made, isShadow: boolean): Fields {
	const made: Fields = { type: node.type, id: node.id, ...node.fields, ...withChildren(node, []) };
	if (node.type === 2) {
		made.tagName = node.tag;
		made.attributes = { ...node.attributes };
	}
	if (node.shadow !== undefined) made.isShadowHost = true;
	if (isShadow) made.isShadow = true;
	if (node.owner !== undefined && node.owner.id !== 1 && node.type !== 0)
		made.rootId = node.owner.id;
	return made;
}

function withChildren(node: Made, childNodes: Fields[]): Fields {
	return node.type === 2 || node.type === 0 ? { childNodes } : {};
}

function makeBox(page: GeneratedPage, depth: number): Made {
	const { random } = page;
	const attributes: Fields = { class: random.pick(["a", "b", "c y"]) };
	if (random.once(3)) attributes.id = `x${page.nextId}`;
	if (random.once(4)) attributes.style = "left: 1px; margin: 3px; color: blue;";
	if (random.once(4)) attributes.style = "height: 30px; overflow: scroll;";
	const box = make(page, 2, { tag: random.pick(TAGS), attributes });
	for (let count = random.below(4); count > 0; count--) append(box, makePiece(page, depth + 1));
	if (random.once(4)) {
		append(
			box,
			make(page, 2, { tag: "div", attributes: { style: "height: 900px; width: 900px" } }),
		);
	}
	return box;
}

function makeHost(page: GeneratedPage, depth: number): Made {
	const { random } = page;
	const isCustom = random.once(2);
	const tag = isCustom ? random.pick(["x-card", "x-list"]) : "div";
	const host = make(page, 2, { tag, fields: isCustom ? { isCustom: true } : {}, shadow: [] });
	for (let count = 1 + random.below(3); count > 0; count--) {
		const child = random.once(4) ? makeStyle(page) : makePiece(page, depth + 1);
		child.parent = host;
		host.shadow?.push(child);
	}
	if (random.once(2)) append(host, makePiece(page, depth + 2));
	return host;
}

function makeInput(page: GeneratedPage): Made {
	const { random } = page;
	const type = random.pick(["text", "checkbox", "radio", "number", "range", "submit", "hidden"]);
	const attributes: Fields = { type, name: random.pick(["n", "m"]) };
	if (type === "checkbox" || type === "radio") {
		if (random.once(3)) attributes.checked = true;
	} else if (random.once(2)) attributes.value = String(random.below(50));
	return make(page, 2, { tag: "input", attributes });
}

function makeTextArea(page: GeneratedPage): Made {
	const { random } = page;
	const area = make(page, 2, { tag: "textarea" });
	if (random.once(3)) append(area, makeText(page));
	else area.attributes.value = "••••";
	return area;
}

function makeSelect(page: GeneratedPage): Made {
	const { random } = page;
	const attributes: Fields = random.once(5) ? { multiple: "" } : {};
	const select = make(page, 2, { tag: "select", attributes });
	for (let count = random.below(5); count > 0; count--) append(select, makeOption(page));
	if (!random.once(4)) return select;
	const group = make(page, 2, { tag: "optgroup", attributes: { label: "more" } });
	append(group, makeOption(page));
	append(select, group);
	return select;
}

function makeSvg(page: GeneratedPage): Made {
	const svg = make(page, 2, {
		tag: "svg",
		fields: { isSVG: true },
		attributes: { viewBox: "0 0 9 9" },
	});
	const use = { tag: "use", fields: { isSVG: true }, attributes: { "xlink:href": "#g" } };
	append(svg, make(page, 2, use));
	const path = { tag: "lineargradient", fields: { isSVG: true }, attributes: { id: "g" } };
	append(svg, make(page, 2, path));
	return svg;
}

function makeLink(page: GeneratedPage): Made {
	const attributes: Fields = page.random.once(2) ? { _cssText: CSS[0] } : { href: "/a.css" };
	return make(page, 2, { tag: "link", attributes });
}
