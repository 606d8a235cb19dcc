/** Filter and sort without a new page. The address follows, so reload and "back" keep the choice. */
import { type Choice, formatChoice, parseChoice, selectProducts } from "../goods/listing.ts";
import { renderCards } from "../parts/card.ts";

export function watchListing(document: Document): void {
	const list = document.querySelector<HTMLElement>("#listing");
	const sort = document.querySelector<HTMLSelectElement>("#sort");
	if (list === null || sort === null) return;
	const chips = [...document.querySelectorAll<HTMLAnchorElement>(".chip")];
	const readChoice = () => parseChoice(new URLSearchParams(location.search));

	let drawn = formatChoice(readChoice());

	const draw = (choice: Choice) => {
		drawn = formatChoice(choice);
		const products = selectProducts(choice);
		list.innerHTML = renderCards(products).markup;
		sort.value = choice.order;
		const count = document.querySelector("#listing-count");
		if (count !== null) count.textContent = `${products.length} pieces`;
		for (const chip of chips) {
			chip.toggleAttribute("aria-current", false);
			if (chip.dataset.kind === choice.kind) chip.setAttribute("aria-current", "true");
			chip.href = formatChoice({ ...choice, kind: (chip.dataset.kind ?? "all") as Choice["kind"] });
		}
	};
	const choose = (choice: Choice) => {
		history.pushState({ listing: true }, "", formatChoice(choice));
		draw(choice);
	};
	for (const chip of chips) {
		chip.addEventListener("click", (event) => {
			if (event.metaKey || event.ctrlKey || event.shiftKey) return;
			event.preventDefault();
			choose({ ...readChoice(), kind: (chip.dataset.kind ?? "all") as Choice["kind"] });
		});
	}
	sort.addEventListener("change", () => {
		choose(parseChoice(new URLSearchParams({ kind: readChoice().kind, sort: sort.value })));
	});
	addEventListener("popstate", () => {
		// Closing a quick look comes back to the same list: drawing it again would lose the focus.
		if (location.pathname === "/products" && formatChoice(readChoice()) !== drawn) {
			draw(readChoice());
		}
	});
}
