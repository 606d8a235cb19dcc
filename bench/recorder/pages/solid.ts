// Solid: a list of ten thousand articles of which only the visible ones are in the document; scrolling
// takes rows out and puts others in.
import { createMemo, createSignal } from "solid-js";
import html from "solid-js/html";
import { For, render } from "solid-js/web";
import { startPage } from "../live/live-page.ts";
import { createRandom } from "../live/random.ts";

interface Article {
	id: number;
	name: string;
	text: string;
	price: number;
}

const ARTICLES = 10_000;
const ROW_PX = 28;
const SHOWN = 40;

const seeded = createRandom(1);
const articles = Array.from(
	{ length: ARTICLES },
	(_, id): Article => ({
		...{ id, name: seeded.words(2), text: seeded.words(5), price: seeded.below(9000) },
	}),
);
const [top, setTop] = createSignal(0);
const [filter, setFilter] = createSignal("");
const [basket, setBasket] = createSignal<readonly number[]>([]);
const found = createMemo(() => {
	const letters = [...filter()].slice(-2);
	return articles.filter(({ name }) => letters.every((letter) => name.includes(letter)));
});
const shown = createMemo(() => {
	const first = Math.floor(top() / ROW_PX);
	return found().slice(first, first + SHOWN);
});

const createRow = (article: Article) => html`
	<div class="row" data-id=${article.id}>
		<b class="name">${article.name}</b><span>${article.text}</span>
		<span class="price">${article.price} €</span>
		<button data-bench="press" onClick=${() => setBasket((before) => [...before, article.id])}>
			${() => (basket().includes(article.id) ? "In the basket" : "Buy")}
		</button>
	</div>`;

const place = document.createElement("main");
document.body.append(place);
render(
	() =>
		html`
		<h1>Articles</h1>
		<p>
			<input data-bench="type" onInput=${(event: InputEvent) => setFilter((event.target as HTMLInputElement).value)} />
			<output>${() => found().length} found, ${() => basket().length} in the basket</output>
		</p>
		<div class="list" data-bench="scroll" onScroll=${(event: Event) => setTop((event.currentTarget as HTMLElement).scrollTop)}>
			<div style=${() => `height: ${found().length * ROW_PX}px`}>
				<div style=${() => `transform: translateY(${Math.floor(top() / ROW_PX) * ROW_PX}px)`}>
					<${For} each=${shown}>${createRow}<//>
				</div>
			</div>
		</div>` as Node,
	place,
);
const list = place.querySelector(".list");

startPage({
	everyMs: 150,
	tick(step, random) {
		if (step % 8 === 0) list?.scrollTo(0, random.below(ARTICLES * ROW_PX));
		else list?.scrollBy(0, 90);
	},
});
