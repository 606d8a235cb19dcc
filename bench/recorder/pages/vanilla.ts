// No framework: a shop that writes its list anew as HTML at each change, as many pages do that were
// written by hand or with jQuery.
import { startPage } from "../live/live-page.ts";
import { createRandom } from "../live/random.ts";

const PRODUCTS = 240;
const PER_PAGE = 80;
const GROUPS = ["all", "garden", "kitchen", "tools"];

const random = createRandom(1);
const products = Array.from({ length: PRODUCTS }, (_, id) => ({
	...{ id, name: random.words(2), text: random.words(12), price: random.below(9000) },
	...{ group: GROUPS[1 + random.below(GROUPS.length - 1)] ?? "", stock: random.below(20) },
}));
const state = { group: "all", page: 0, basket: 0, letters: "" };

const place = document.createElement("main");
place.innerHTML = `<h1>Shop</h1>
	<p><input data-bench="type" placeholder="Find"> <span class="groups"></span> <output class="basket"></output></p>
	<div class="list tiles" data-bench="scroll"></div>`;
document.body.append(place);
const find = (selector: string) => place.querySelector(selector) as HTMLElement;
place.addEventListener("click", ({ target }) => {
	const button = (target as Element).closest("button");
	if (button === null) return;
	if (button.dataset.group) state.group = button.dataset.group;
	else state.basket++;
	draw();
});
find("input").addEventListener("input", ({ target }) => {
	state.letters = (target as HTMLInputElement).value.slice(-2);
	draw();
});
draw();

startPage({
	everyMs: 300,
	tick(step, seeded) {
		for (let index = 0; index < 10; index++) {
			const product = products[seeded.below(PRODUCTS)];
			if (product) product.stock = seeded.below(20);
		}
		if (step % 5 === 4) state.page = seeded.below(Math.floor(PRODUCTS / PER_PAGE));
		if (step % 12 === 11) state.group = GROUPS[seeded.below(GROUPS.length)] ?? "all";
		draw();
	},
});

function draw(): void {
	const shown = products
		.filter(({ group }) => state.group === "all" || group === state.group)
		.filter(({ text }) => [...state.letters].every((letter) => text.includes(letter)));
	const groups = GROUPS.map(
		(name) =>
			`<button data-bench="press" data-group="${name}" class="${name === state.group ? "marked" : ""}">${name}</button>`,
	);
	find(".groups").innerHTML = groups.join(" ");
	find(".basket").textContent = `${state.basket} in the basket, ${shown.length} found`;
	const page = shown.slice(state.page * PER_PAGE, (state.page + 1) * PER_PAGE);
	find(".list").innerHTML = (page.length > 0 ? page : shown.slice(0, PER_PAGE))
		.map(
			({ id, name, text, price, stock }) =>
				`<article class="product" data-id="${id}"><h3>${name}</h3><p>${text}</p><p><b>${price} €</b> <i class="${stock < 5 ? "error" : ""}">${stock} left</i></p><button data-bench="press">Buy</button></article>`,
		)
		.join("");
}
