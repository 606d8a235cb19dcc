import { html } from "../html.ts";
import type { PageFrame } from "./layout.ts";

export function missingPage(): PageFrame {
	return {
		title: "Not here",
		here: "missing",
		main: html`<section class="band narrow empty"><h1>The tide took this page.</h1><p>It may have sold out, or it was never here.</p><a class="button" href="/products">See all stoneware</a></section>`,
	};
}
