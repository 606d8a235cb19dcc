/** The cart page: every change is written to the cookie and the view is drawn again from it. */
import { type Cart, COUPON, setQuantity } from "../goods/cart.ts";
import { renderCartView } from "../parts/cart-view.ts";
import { watchCrateNote } from "./crate-note.ts";
import { readCart, writeCart } from "./stored-cart.ts";
import { showToast } from "./toast.ts";

export function watchCartPage(document: Document): void {
	const view = document.querySelector<HTMLElement>("#cart-view");
	if (view === null) return;
	const change = (cart: Cart, couponError = "") => {
		const focused = describeFocus(document);
		writeCart(document, cart);
		view.innerHTML = renderCartView(cart, couponError).markup;
		if (focused !== undefined) view.querySelector<HTMLElement>(focused)?.focus();
	};
	const lineKeyOf = (target: EventTarget | null) =>
		target instanceof Element
			? target.closest<HTMLElement>("[data-line]")?.dataset.line
			: undefined;

	view.addEventListener("change", (event) => {
		const key = lineKeyOf(event.target);
		if (key === undefined || !(event.target instanceof HTMLInputElement)) return;
		change(setQuantity(readCart(document), key, event.target.valueAsNumber || 0));
	});
	view.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : undefined;
		if (target?.closest("#coupon-off")) change({ lines: readCart(document).lines });
		const key = lineKeyOf(event.target);
		if (key === undefined || !target?.closest('[data-testid="remove-line"]')) return;
		change(setQuantity(readCart(document), key, 0));
		showToast(document, "Taken out.");
	});
	view.addEventListener("submit", async (event) => {
		event.preventDefault();
		const code = view.querySelector<HTMLInputElement>("#coupon")?.value.trim() ?? "";
		if (code === "") return change(readCart(document), "Type a code first.");
		const error = await refuseCoupon(code);
		const cart = readCart(document);
		if (error !== "") return change(cart, error);
		// Who has pressed twice is not told twice.
		if (cart.coupon === undefined) showToast(document, `${COUPON.percent} % off. Welcome.`);
		change({ ...cart, coupon: COUPON.code });
	});
	watchCrateNote(view);
}

/** What is wrong with it, "" for nothing. The book answers late and nothing here shows it: `faults.ts`. */
async function refuseCoupon(code: string): Promise<string> {
	try {
		const answer = await fetch("/coupon", { method: "POST", body: new URLSearchParams({ code }) });
		return (await answer.text()) === "yes" ? "" : "We do not know that code.";
	} catch {
		return "The workshop does not answer. Try once more.";
	}
}

/** Drawing again would lose the keyboard's place; steppers have no ids, so we name them by line. */
function describeFocus(document: Document): string | undefined {
	const element = document.activeElement;
	const line = element?.closest<HTMLElement>("[data-line]")?.dataset.line;
	const step = element instanceof HTMLElement ? element.dataset.step : undefined;
	if (line !== undefined && step !== undefined)
		return `[data-line="${line}"] [data-step="${step}"]`;
	return element?.closest("#coupon-form") ? "#coupon" : undefined;
}
