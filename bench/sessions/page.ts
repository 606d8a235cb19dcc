// A generated page as rrweb serialises it, and a model of what can change on it: lists of items that
// are added, removed, restyled and rewritten, as on a dashboard that is left open all day. The model
// exists so that every generated mutation names nodes that are there.
import { createStyleSheet } from "./style-sheet.ts";
import type { Words } from "./words.ts";

/** rrweb's kinds of nodes, those that occur here. */
const DOCUMENT = 0;
const DOCTYPE = 1;
const ELEMENT = 2;
const TEXT = 3;

const LISTS = 40;
export const TOOLS = 12;
export const ITEM_NODES = 10;

export type PageNode = { id: number; type: number; childNodes?: PageNode[] } & Record<
	string,
	unknown
>;

export interface Item {
	/** The item's element with all that is in it. */
	node: PageNode;
	texts: number[];
	button: number;
	input: number;
}

export interface List {
	id: number;
	items: Item[];
}

export interface Page {
	document: PageNode;
	/** The text node that says how many mutations there have been: what a replay is checked by. */
	step: number;
	/** Buttons that stay, `#tool-0` and so on: what is pressed. */
	tools: number[];
	lists: List[];
	/** Nodes that are on the page. */
	nodes: number;
	createItem(): Item;
}

export interface PageOptions {
	words: Words;
	nodes: number;
	rules: number;
}

export function createPage({ words, nodes, rules }: PageOptions): Page {
	let lastId = 0;
	const element = (
		tagName: string,
		attributes: Record<string, unknown>,
		childNodes: PageNode[] = [],
	): PageNode => ({ type: ELEMENT, tagName, attributes, childNodes, id: ++lastId });
	const text = (textContent: string): PageNode => ({ type: TEXT, textContent, id: ++lastId });
	const createItem = (): Item => createItemWith(words, element, text);

	const step = text("step 0");
	const sheets = [createStyleSheet(words, rules - 1000), createStyleSheet(words, 1000)];
	const head = element("head", {}, [
		element("title", {}, [text("Orders")]),
		element("link", { _cssText: sheets[0] }),
		element("style", { _cssText: sheets[1] }, [text("")]),
	]);
	const lists = Array.from({ length: LISTS }, () => ({
		node: element("ul", { class: "list" }),
		items: [] as Item[],
	}));
	const tools = Array.from({ length: TOOLS }, (_, index) =>
		element("button", { type: "button", id: `tool-${index}` }, [text(words.text(1))]),
	);
	const bar = element("header", { class: "bar" }, [
		element("b", {}, [text("Orders")]),
		...tools,
		element("output", { id: "step" }, [step]),
	]);
	const columns = element(
		"main",
		{ class: "columns" },
		lists.map(({ node }) => element("section", {}, [node])),
	);
	const html = element("html", { lang: "en" }, [head, element("body", {}, [bar, columns])]);
	const document: PageNode = {
		type: DOCUMENT,
		id: ++lastId,
		childNodes: [{ type: DOCTYPE, name: "html", publicId: "", systemId: "", id: ++lastId }, html],
	};
	const others = countNodes(document);
	for (let left = nodes - others; left >= ITEM_NODES; left -= ITEM_NODES) {
		const list = words.pick(lists);
		const item = createItem();
		list.items.push(item);
		list.node.childNodes?.push(item.node);
	}
	return {
		document,
		step: step.id,
		tools: tools.map(({ id }) => id),
		lists: lists.map(({ node, items }) => ({ id: node.id, items })),
		nodes: countNodes(document),
		createItem,
	};
}

export function countNodes(node: PageNode): number {
	return (node.childNodes ?? []).reduce((sum, child) => sum + countNodes(child), 1);
}

function createItemWith(
	words: Words,
	element: (tag: string, attributes: Record<string, unknown>, children?: PageNode[]) => PageNode,
	text: (content: string) => PageNode,
): Item {
	const link = text(words.text(4));
	const detail = text(words.text(7));
	const state = text(words.text(1));
	const label = text("Open");
	const button = element("button", { type: "button", class: "open" }, [label]);
	const input = element("input", { type: "text", value: "" });
	const node = element("li", { class: "item", "data-order": String(words.number(1e5, 1e6)) }, [
		element("a", { href: `/orders/${words.number(1e5, 1e6)}` }, [link]),
		element("span", { class: "detail" }, [detail]),
		element("em", { class: words.pick(["is-new", "is-late", "is-done"]) }, [state]),
		button,
		input,
	]);
	return { node, texts: [link.id, detail.id, state.id], button: button.id, input: input.id };
}
