// 20,000 nodes, all kinds of change at once and a lot of each: 5,000 nodes taken out and 5,000 others
// put in, texts and classes that churn, attributes, scrolling, beside what the visitor does.
import { startPage } from "../live/live-page.ts";
import { createRandom, type Random } from "../live/random.ts";
import { createRows, NODES_OF_ROW } from "../live/rows.ts";

const NODES = 20_000;
const BURST_NODES = 5000;
const BURST_EVERY = 25;
const EVERY_MS = 50;
const CHURN = 100;

const place = document.createElement("main");
place.innerHTML = `<h1>Stock</h1><p><input data-bench="type" placeholder="Find"> <button data-bench="press">Search</button>
	<textarea data-bench="type" rows="2"></textarea> <button data-bench="press">Save</button></p>
	<div class="list" data-bench="scroll"></div>`;
document.body.append(place);
const list = place.querySelector(".list") as HTMLElement;
list.append(createRows(NODES, createRandom(1)));

startPage({
	everyMs: EVERY_MS,
	tick(step, random) {
		if (step % BURST_EVERY === BURST_EVERY - 1) exchange(random);
		churn(random);
		if (step % 4 === 0) list.scrollTop = random.below(list.scrollHeight);
	},
});

/** As a framework does that draws a part of its list anew. */
function exchange(random: Random): void {
	const count = Math.round(BURST_NODES / NODES_OF_ROW);
	const first = random.below(list.children.length - count);
	const gone = [...list.children].slice(first, first + count);
	const before = gone.at(-1)?.nextSibling ?? null;
	for (const row of gone) row.remove();
	list.insertBefore(createRows(BURST_NODES, random), before);
}

function churn(random: Random): void {
	const rows = list.children;
	for (let index = 0; index < CHURN; index++) {
		const row = rows[random.below(rows.length)];
		const price = row?.querySelector(".price")?.firstChild;
		if (price) price.nodeValue = `${random.below(10_000)} €`;
		rows[random.below(rows.length)]?.classList.toggle("marked");
		const bar = rows[random.below(rows.length)]?.querySelector(".bar");
		bar?.setAttribute("style", `width: ${random.below(100)}%`);
	}
}
