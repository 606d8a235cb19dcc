import { showToast } from "./toast.ts";

/** Nothing is sent: the demo only thanks. */
export function watchNewsletter(document: Document): void {
	const form = document.querySelector<HTMLFormElement>("#newsletter");
	form?.addEventListener("submit", (event) => {
		event.preventDefault();
		form.reset();
		showToast(document, "Thank you. The next letter comes with the next kiln.");
	});
}
