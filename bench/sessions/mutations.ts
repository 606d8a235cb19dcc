// Mutations of a generated page, shaped as rrweb records them: what is removed first, each added node
// by itself with its parent and its next sibling, children behind their parents.
import { ITEM_NODES, type Item, type List, type Page, type PageNode } from "./page.ts";
import type { Words } from "./words.ts";

interface MutationData {
	source: 0;
	texts: { id: number; value: string }[];
	attributes: { id: number; attributes: Record<string, unknown> }[];
	removes: { parentId: number; id: number }[];
	adds: { parentId: number; nextId: number | null; node: PageNode }[];
}

export interface MutationOptions {
	words: Words;
	page: Page;
	/** Records per event; an added item alone makes ten. */
	records: number;
}

/** Each call changes the page and gives what an observer of it would have recorded. */
export function createMutations({ words, page, records }: MutationOptions): () => MutationData {
	const wanted = page.lists.reduce((sum, { items }) => sum + items.length, 0);
	let items = wanted;
	let steps = 0;

	const rewrite = (data: MutationData): void => {
		const item = pickItem(words, page);
		if (item === undefined) return;
		for (const id of item.texts.slice(0, 2)) data.texts.push({ id, value: words.text(8) });
	};
	const restyle = (data: MutationData): void => {
		const item = pickItem(words, page);
		if (item === undefined) return;
		const state = words.pick(["is-new", "is-late", "is-done"]);
		const width = `${words.number(10, 100)}%`;
		data.attributes.push(
			{ id: item.node.id, attributes: { class: `item ${state}`, "data-order": words.text(2) } },
			{ id: item.button, attributes: { style: { width }, title: words.text(3) } },
		);
	};
	const exchange = (data: MutationData): void => {
		if (items > wanted) remove(data);
		else add(data);
	};
	const add = (data: MutationData): void => {
		items++;
		const list = words.pick(page.lists);
		const at = words.number(0, list.items.length + 1);
		const item = page.createItem();
		const nextId = list.items[at]?.node.id ?? null;
		list.items.splice(at, 0, item);
		data.adds.push(...listAdds(item.node, list.id, nextId));
	};
	const remove = (data: MutationData): void => {
		const list = words.pick(page.lists);
		const at = words.number(0, list.items.length);
		const item = list.items[at];
		// Removes are replayed first: an added node must not stand before one that is gone.
		if (item === undefined || data.adds.length > 0) return;
		items--;
		list.items.splice(at, 1);
		forget(data, item, list);
	};

	return () => {
		const data: MutationData = { source: 0, texts: [], attributes: [], removes: [], adds: [] };
		const isLarge = records > ITEM_NODES;
		for (let left = records; left > 0; left -= 2) {
			const kind = words.number(0, 20);
			if (kind < 8) rewrite(data);
			else if (kind < 15) restyle(data);
			else exchange(data);
			if (isLarge && data.adds.length > 0) left -= ITEM_NODES / 2;
		}
		data.texts.push({ id: page.step, value: `step ${++steps}` });
		return data;
	};
}

function pickItem(words: Words, page: Page): Item | undefined {
	const list = words.pick(page.lists);
	return list.items[words.number(0, list.items.length)];
}

/** Changes of nodes that are gone at the end of an event are not in it. */
function forget(data: MutationData, item: Item, list: List): void {
	const gone = new Set<number>(item.texts).add(item.node.id).add(item.button);
	data.texts = data.texts.filter(({ id }) => !gone.has(id));
	data.attributes = data.attributes.filter(({ id }) => !gone.has(id));
	data.removes.push({ parentId: list.id, id: item.node.id });
}

/** Siblings come last first, so that the next one of each is already there. */
function listAdds(node: PageNode, parentId: number, nextId: number | null): MutationData["adds"] {
	const { childNodes = [], ...own } = node;
	const isElement = node.childNodes !== undefined;
	const children = childNodes
		.map((child, index) => listAdds(child, node.id, childNodes[index + 1]?.id ?? null))
		.reverse();
	return [
		{ parentId, nextId, node: isElement ? { ...own, childNodes: [] } : own },
		...children.flat(),
	];
}
