// Rows of a list with what rows have: a name, a link, a price, a bar, a button. For pages that are about
// the number of their nodes.
import type { Random } from "./random.ts";

/** Elements and texts of one row. */
export const NODES_OF_ROW = 13;

/** As many rows as come closest to this number of nodes. */
export function createRows(nodes: number, random: Random): DocumentFragment {
	const template = document.createElement("template");
	const rows = Array.from({ length: Math.round(nodes / NODES_OF_ROW) }, () => createRow(random));
	template.innerHTML = rows.join("");
	return template.content;
}

function createRow(random: Random): string {
	const number = random.below(100_000);
	return `<div class="row kind-${number % 7}" data-id="${number}"><b class="name">${random.words(2)}</b><a href="/item/${number}" title="${random.words(3)}">${random.words(4)}</a><span class="price">${random.below(10_000)} €</span><i class="bar" style="width: ${random.below(100)}%"></i><em><small>${random.words(5)}</small></em><button class="buy">Buy</button></div>`;
}
