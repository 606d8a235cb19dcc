/** Promised are papers and ribbons to choose from; that there are none is one of the planted faults. */
import { html } from "../html.ts";
import type { PageFrame } from "./layout.ts";

export function giftWrappingPage(): PageFrame {
	return {
		title: "Gift wrapping",
		here: "gift",
		main: html`<section class="band narrow empty"><h1>Gift wrapping</h1><p class="lead">Papers printed with seaweed, ribbons dyed with rust.</p><p>The tide tables are pinned up where the samples will hang. More here soon.</p></section>`,
	};
}
