/** A short message at the edge. Its own animation ends it, so there is no timer to keep. */
import { html } from "../html.ts";

export function showToast(document: Document, text: string, link?: { href: string; name: string }) {
	const place = document.querySelector<HTMLElement>("#toast");
	if (place === null) return;
	const anchor = link && html`<a href="${link.href}">${link.name}</a>`;
	place.innerHTML = html`<p class="toast"><span>${text}</span>${anchor}</p>`.markup;
	const toast = place.firstElementChild;
	toast?.addEventListener("animationend", () => toast.remove());
}
