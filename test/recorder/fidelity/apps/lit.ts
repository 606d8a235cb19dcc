// Lit: components with shadow trees and shared sheets, lists by key, parts that are kept aside, slots.
import { css, html, LitElement, nothing, svg } from "lit";
import { cache } from "lit/directives/cache.js";
import { classMap } from "lit/directives/class-map.js";
import { repeat } from "lit/directives/repeat.js";
import { styleMap } from "lit/directives/style-map.js";
import { unsafeHTML } from "lit/directives/unsafe-html.js";
import { createItems, createPlace, openApp, shuffle } from "./open-app.ts";

const shared = css`:host { display: block } .many { color: crimson }`;

class LitCard extends LitElement {
	static override properties = { name: { reflect: true }, stock: { type: Number } };
	static override styles = [
		shared,
		css`:host([name^="l"]) { color: teal } ::slotted(b) { margin: 2px }`,
	];
	declare name: string;
	declare stock: number;

	override render() {
		return html`<p class=${classMap({ many: this.stock > 8, few: this.stock <= 8 })}
			style=${styleMap({ paddingLeft: `${this.stock}px`, "--own": String(this.stock) })}>
			${this.name} ${this.stock > 8 ? html`<em>many</em>` : nothing}
			<button @click=${() => this.stock++}>${this.stock}</button></p><slot></slot><slot name="end">no end</slot>`;
	}
}
customElements.define("lit-card", LitCard);

class LitShop extends LitElement {
	static override properties = { view: { state: true } };
	static override styles = shared;
	declare view: { items: ReturnType<typeof createItems>; isTable: boolean; markup: string };

	constructor() {
		super();
		this.view = { items: createItems(8), isTable: false, markup: "<i>first</i>" };
	}

	override render() {
		const { items, isTable, markup } = this.view;
		const list = repeat(
			items,
			({ id }) => id,
			({ name, stock }) =>
				html`<lit-card name=${name} .stock=${stock}>${name}<b slot="end">${stock}</b></lit-card>`,
		);
		const table = html`<table><tbody>${items.map(({ name }) => html`<tr><td>${name}</td></tr>`)}</tbody></table>`;
		const bars = items.map(({ stock }, at) => svg`<rect x=${at * 8} width="6" height=${stock} />`);
		return html`<h2>${items.length}</h2>${cache(isTable ? table : html`<div>${list}</div>`)}
			<svg width="100" height="20">${bars}</svg>${unsafeHTML(markup)}`;
	}
}
customElements.define("lit-shop", LitShop);

const shop = new LitShop();
createPlace().append(shop);
const set = (part: Partial<LitShop["view"]>) => {
	shop.view = { ...shop.view, ...part };
};
openApp({
	set,
	shuffle: (turn: number) => set({ items: shuffle(shop.view.items, turn) }),
	insert: (at: number, id: number) =>
		set({ items: shop.view.items.toSpliced(at, 2, ...createItems(3, id)) }),
	restyle() {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(":host { outline: 1px solid gold }");
		const root = shop.shadowRoot as ShadowRoot;
		root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	},
	remove: () => shop.remove(),
	putBack: () => document.getElementById("place")?.append(shop),
});
