/** Quantity steppers anywhere in the page. The input stays the truth and tells of it by `change`. */
export function watchSteppers(document: Document): void {
	document.addEventListener("click", (event) => {
		const target = event.target instanceof Element ? event.target : undefined;
		const button = target?.closest<HTMLButtonElement>("[data-step]");
		const input = button?.parentElement?.querySelector("input");
		if (!button || !input) return;
		// A line in the cart may go down to nothing, which takes it out; a purchase may not.
		const least = input.closest("[data-line]") === null ? Number(input.min) : 0;
		const wanted = (input.valueAsNumber || 0) + Number(button.dataset.step);
		input.value = String(Math.max(least, Math.min(Number(input.max), wanted)));
		input.dispatchEvent(new Event("change", { bubbles: true }));
	});
}
