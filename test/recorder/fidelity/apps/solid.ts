// Solid: rows that move as they are, cells that stay where they are, a portal with a shadow tree, branches.
import { createSignal, Index } from "solid-js";
import html from "solid-js/html";
import { createStore } from "solid-js/store";
import { Dynamic, For, Match, Portal, render, Show, Switch } from "solid-js/web";
import { createItems, createPlace, type Item, openApp, shuffle } from "./open-app.ts";

const [items, setItems] = createSignal(createItems(12));
const [cells, setCells] = createSignal([..."abcdef"]);
const [view, setView] = createStore({ isOpen: false, isShadow: false, step: 0, tag: "b", hue: 10 });

const createRow = (item: Item) =>
	html`<li data-id=${item.id}><b>${item.name}</b> <span class=${() => (view.step % 2 ? "odd" : "even")}>${item.group}</span></li>`;
const createCell = (letter: () => string) => html`<td>${letter}</td>`;

const dispose = render(
	() =>
		html`
		<h1 style=${() => ({ color: `hsl(${view.hue} 60% 40%)` })}>Shop ${() => items().length}</h1>
		<ul><${For} each=${items} fallback=${"nothing"}>${createRow}<//></ul>
		<table><tbody><tr><${Index} each=${cells}>${createCell}<//></tr></tbody></table>
		<${Switch} fallback=${html`<p>no step</p>`}>
			<${Match} when=${() => view.step === 1}><p>first</p><//>
			<${Match} when=${() => view.step > 1}><p>step ${() => view.step}</p><//>
		<//>
		<${Dynamic} component=${() => view.tag}>dynamic<//>
		<button id="next" onClick=${() => setView("step", (step) => step + 1)}>Next</button>
		<${Show} when=${() => view.isOpen}><${Portal}><div role="dialog">over all ${() => view.step}</div><//><//>
		<${Show} when=${() => view.isShadow}><${Portal} useShadow=${true}><div>in a shadow ${() => view.step}</div><//><//>` as Node,
	createPlace(),
);
openApp({
	set: (part: Partial<typeof view>) => setView(part),
	shuffle: (turn: number) => setItems((before) => shuffle(before, turn)),
	insert: (at: number, id: number) =>
		setItems((before) => before.toSpliced(at, 2, ...createItems(3, id))),
	clear: () => setItems([]),
	fill: (letters: string) => setCells([...letters]),
	unmount: dispose,
});
