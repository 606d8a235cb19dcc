// Pages that are laid out in the ways in which heatmaps go wrong. What may be pressed carries `data-mark`,
// a number of its own that no element key reads: by it a test knows the same thing again in a rebuilt page.
import type { MissingReason } from "../../viewer/heatmap/resolve.ts";

export interface Layout {
	name: string;
	html: string;
	/** Statements that run in the page one after another, with the presses spread between them. */
	steps?: readonly string[];
	/** How large a device shows it: pixels per CSS pixel, and how far the visitor has zoomed in with fingers. */
	zoom?: { device: number; pinch: number };
	/** Why presses on it may be missing at the end of its steps; left out where all are shown. */
	gone?: readonly MissingReason[];
	/** The same page after a deploy. */
	deployed?: string;
	/** Is it no deploy that puts its parts in another order? */
	fleeting?: boolean;
}

const GOODS = ["Jug", "Mug", "Plate", "Bowl", "Vase", "Tray", "Pot", "Cup", "Dish"];
const TEXT = "Thrown by hand in a small workshop by the sea, and fired twice. ".repeat(4);
const STYLE = `* { box-sizing: border-box } body { margin: 0; font: 16px/1.4 sans-serif }
a, button { display: inline-block; padding: 6px 10px; border: 1px solid } ul { padding: 0; list-style: none }
.card { border: 1px solid; padding: 12px } .far { height: 900px }`;
const INERT = `addEventListener("click", (event) => {
	if (event.target.closest("a, form")) event.preventDefault();
}, true);`;

interface Parts {
	css?: string;
	body: string;
	script?: string;
	html?: string;
}

function writePage({ css = "", body, script = "", html = "" }: Parts): string {
	return `<!doctype html><html lang="en" ${html}><head><meta name="viewport" content="width=device-width">
<title>Goods</title>{{script}}<style>${STYLE}${css}</style></head><body>${body}
<script>${INERT}${script}</script></body></html>`;
}

/** Numbers the places that are to be pressed, in their order. */
function mark(html: string): string {
	let next = 0;
	return html.replaceAll("{@}", () => `data-mark="${next++}"`);
}

const cards = (attributes = "") =>
	GOODS.map(
		(name, index) => `<li class="card" ${attributes}><h3>${name}</h3>
<p>${TEXT.slice(0, 40 + index * 30)}</p><a {@} href="/goods/${name.toLowerCase()}">See the ${name}</a>
<button {@} class="add">Add</button></li>`,
	).join("");

const GRID =
	".grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(220px, 1fr)); gap: 16px }";
const NAV = `<nav><a {@} href="/new">New</a> <a {@} href="/sale">Sale</a> <button {@} id="cart">Cart</button></nav>`;

const dialogBody = `${NAV}<ul class="grid">${cards()}</ul>
<dialog id="guide"><h2>Size guide</h2><p>${TEXT}</p><button {@} id="close">Close</button>
<label {@}><input type="checkbox"> Do not show again</label></dialog>`;

const menuBody = `<header><button {@} id="more" aria-expanded="false">Menu</button>
<ul id="menu" hidden><li><a {@} href="/a">Jugs</a></li><li><a {@} href="/b">Mugs</a></li></ul></header>
<main><p>${TEXT}</p><a {@} href="/c">Read on</a></main>`;

/** A build gives other names to the same classes. */
const hashed = (hash: string) =>
	mark(
		`<div class="css-${hash}a1"><header class="Bar_root__${hash}9">${NAV}</header><ul class="grid css-${hash}b2">${GOODS.map(
			(name) => `<li class="card sc-${hash}Qz product-card"><h3 class="css-${hash}c3">${name}</h3>
<a {@} class="jsx-${hash}44 link" href="/goods/${name.toLowerCase()}">See the ${name}</a>
<button {@} class="Button_primary__${hash}X">Add ${name}</button></li>`,
		).join("")}</ul></div>`,
	);

const form = `<form><label {@} for="who">Name</label><input {@} id="who" name="who">
<label for=":r1:">City</label><input {@} id=":r1:"> <label>Street <input {@}></label>
<select name="size"><option>Small</option></select><button {@}>Order now</button></form>`;
const aside = `<aside class="card"><h2>Help</h2><a {@} href="/help/returns">Returns</a> <a {@} href="/help/care">Care</a></aside>`;
const article = `<article class="card"><h2>Our kiln</h2><p>${TEXT}</p><a {@} href="/kiln">About our kiln</a></article>`;

const CUT = "<!-- cut -->";
const PARTS = mark([NAV, form, article, aside, `<ul class="grid">${cards()}</ul>`].join(CUT)).split(
	CUT,
);

export const LAYOUTS: readonly Layout[] = [
	{
		name: "fluid grid",
		html: writePage({ css: GRID, body: mark(`${NAV}<ul class="grid">${cards()}</ul>`) }),
	},
	{
		name: "sticky header",
		html: writePage({
			css: `${GRID} header { position: sticky; top: 0; background: #fff; z-index: 2 }
.side { position: sticky; top: 60px; float: right; width: 140px }`,
			body: mark(`<p>${TEXT}</p><header>${NAV}</header><div class="side"><a {@} href="/top">Top sellers</a></div>
<ul class="grid">${cards()}</ul><div class="far"></div>`),
		}),
	},
	{
		name: "fixed bottom bar",
		html: writePage({
			css: `${GRID} #bar { position: fixed; bottom: 0; left: 0; right: 0; display: flex; background: #fff; justify-content: space-around }
body { padding-bottom: 80px }`,
			body: mark(
				`<ul class="grid">${cards()}</ul><div class="far"></div><div id="bar">${NAV}</div>`,
			),
		}),
	},
	{
		name: "open dialog",
		gone: ["covered"],
		html: writePage({ css: GRID, body: mark(dialogBody) }),
		steps: ["", "document.querySelector('#guide').showModal()"],
	},
	{
		name: "open menu",
		gone: ["covered"],
		html: writePage({
			css: "header { position: relative } #menu:not([hidden]) { position: absolute; top: 100%; left: 0; background: #fff; border: 1px solid; margin: 0; z-index: 3 }",
			body: mark(menuBody),
		}),
		steps: [
			"",
			"document.querySelector('#menu').hidden = false; document.querySelector('#more').setAttribute('aria-expanded', 'true')",
		],
	},
	{
		name: "open popover",
		gone: ["hidden"],
		html: writePage({
			body: mark(`<button {@}>Help</button><p>${TEXT}</p>
<div id="help" popover="manual"><p>${TEXT.slice(0, 80)}</p><a {@} href="/help">All of it</a></div><a {@} href="/c">Read on</a>`),
		}),
		steps: ["document.querySelector('#help').showPopover()"],
	},
	{
		name: "carousel",
		gone: ["scrolled_out"],
		html: writePage({
			css: `.view { overflow: hidden; width: 60% } .track { display: flex; width: 100% }
.track > * { flex: 0 0 100% }`,
			body: mark(
				`<p>${TEXT}</p><section class="view"><div class="track">${GOODS.slice(0, 4)
					.map(
						(name) =>
							`<div class="card"><h3>${name}</h3><a {@} href="/goods/${name}">See ${name}</a></div>`,
					)
					.join("")}</div></section><button {@}>Next</button>`,
			),
		}),
		steps: [
			"",
			"document.querySelector('.track').style.transform = 'translateX(-100%)'",
			"document.querySelector('.track').style.transform = 'translateX(-200%)'",
		],
	},
	{
		name: "virtual list",
		gone: ["replaced"],
		// Its script does, all the time, and only numbers tell its rows.
		fleeting: true,
		html: writePage({
			css: "#list { height: 320px; overflow: auto; position: relative } #list > div { position: relative } .row { position: absolute; left: 0; right: 0; height: 64px }",
			body: mark(`${NAV}<div id="list"><div></div></div>`),
			script: `const list = document.querySelector("#list"), box = list.firstElementChild;
box.style.height = 200 * 64 + "px";
const rows = Array.from({ length: 7 }, () => {
	const row = document.createElement("div"); row.className = "row";
	row.innerHTML = "<a href='/'></a> <button>Add</button>"; box.append(row); return row;
});
const fill = () => { const first = Math.floor(list.scrollTop / 64);
	rows.forEach((row, index) => { const number = first + index; row.style.top = number * 64 + "px";
		row.firstChild.textContent = "Item " + number; row.firstChild.href = "/item/" + number;
		row.firstChild.dataset.mark = 100 + number * 2; row.lastChild.dataset.mark = 101 + number * 2; }); };
list.addEventListener("scroll", fill); fill();`,
		}),
		steps: ["", "document.querySelector('#list').scrollTop = 64 * 40"],
	},
	{
		name: "hashed classes",
		html: writePage({ css: GRID, body: hashed("k3Xp") }),
		deployed: writePage({ css: GRID, body: hashed("zQ7w") }),
	},
	{
		name: "siblings in another order",
		html: writePage({ css: GRID, body: PARTS.join("") }),
		deployed: writePage({ css: GRID, body: reorder(PARTS) }),
	},
	{
		name: "wrapped markup",
		html: writePage({
			css: GRID,
			body: mark(`<main>${NAV}${form}${article}${aside}<ul class="grid">${cards()}</ul></main>`),
		}),
		deployed: writePage({
			css: GRID,
			body: mark(
				`<div class="banner">Free delivery this week</div><div id="app"><main><div class="wrap">${NAV}</div><div>${form}</div><section><div>${article}</div></section>
<div>${aside}</div><div class="list"><ul class="grid">${cards()}</ul></div></main></div>`,
			),
		}),
	},
	{
		name: "zoomed",
		html: writePage({
			css: `${GRID} main { zoom: 1.2 } .tilted { transform: scale(0.9); transform-origin: 0 0 }`,
			body: mark(
				`${NAV}<main><ul class="grid">${cards()}</ul></main><div class="tilted">${form}</div>`,
			),
		}),
		zoom: { device: 1.5, pinch: 1.6 },
	},
	{
		name: "right to left",
		html: writePage({
			css: `${GRID} .wide { width: 900px }`,
			body: mark(
				`${NAV}<ul class="grid">${cards()}</ul><div class="wide"><a {@} href="/far">Far</a>${form}</div>`,
			),
			html: 'dir="rtl"',
		}),
	},
	{
		name: "nested scroller",
		gone: ["scrolled_out"],
		html: writePage({
			css: `.outer { height: 420px; overflow: auto; border: 4px solid } .inner { height: 200px; overflow: auto; margin: 20px }
.row { display: flex; gap: 8px; overflow-x: auto } .row > * { flex: 0 0 240px }`,
			body: mark(
				`<p>${TEXT}</p><div class="outer">${NAV}<div class="inner">${GOODS.map(
					(name) => `<p><a {@} href="/goods/${name}">See ${name}</a></p>`,
				).join("")}</div><p>${TEXT}</p>${form}<div class="row">${GOODS.map(
					(name) => `<div class="card"><button {@}>Take ${name}</button></div>`,
				).join("")}</div></div>`,
			),
		}),
	},
	{
		name: "frame",
		html: writePage({
			body: mark(`${NAV}<iframe id="frame" width="300" height="120"
srcdoc="<body style='margin:0'><button data-mark='900'>Inside</button>"></iframe>${article}`),
		}),
	},
	{
		name: "table",
		html: writePage({
			css: "table { width: 100%; border-collapse: collapse } td, th { border: 1px solid; padding: 4px }",
			body: mark(
				`${NAV}<table><thead><tr><th {@}>Name</th><th {@}>Price</th><th>Do</th></tr></thead><tbody>${GOODS.map(
					(name, index) =>
						`<tr><td {@}>${name}</td><td>${index * 7} pounds</td><td><button {@}>Edit ${name}</button></td></tr>`,
				).join("")}</tbody></table>`,
			),
		}),
	},
	{
		name: "columns",
		html: writePage({
			css: "main { columns: 240px; column-gap: 24px } main a { display: inline; padding: 0 }",
			body: mark(
				`${NAV}<main>${GOODS.map(
					(name) =>
						`<p>${TEXT.slice(0, 90)} <a {@} href="/goods/${name}">Read all that we know of the ${name} and how it was made</a> ${TEXT}</p>`,
				).join("")}</main>`,
			),
		}),
	},
	{
		name: "application in a box",
		html: writePage({
			css: `${GRID} html, body { height: 100%; overflow: hidden } body { display: flex; flex-direction: column }
main { flex: 1; overflow: auto; padding: 0 16px }`,
			body: mark(
				`${NAV}<main><ul class="grid">${cards()}</ul><div class="far"></div>${form}</main>`,
			),
		}),
	},
	{
		name: "wide table page",
		html: writePage({
			css: "main { min-width: 1100px; display: flex; justify-content: space-between }",
			body: mark(`${NAV}<main>${form}${aside}</main>`),
		}),
	},
];

/**
 * Any page after a deploy: what stands beside others is in another order and in boxes of its own, and what was
 * closed is open, so that it can be looked for.
 */
export function deployAnew(html: string): string {
	return html.replace(
		"</body>",
		`<style>[hidden], dialog, [popover] { display: block !important; position: static !important }
* { overflow: visible !important; transform: none !important }</style><script>{
	const isPart = (each) => !each.matches("script, style, dialog, [popover]");
	for (const list of document.querySelectorAll("body, nav, main, header, form, ul, li, tbody, .track, .row, .outer, .inner, #bar"))
		list.append(...[...list.children].filter(isPart).reverse());
	for (const each of document.querySelectorAll("body > *, ul, form, article, aside, nav, table, .card > *")) {
		if (!isPart(each)) continue;
		const box = document.createElement("div");
		box.className = "css-9z8y7x";
		each.replaceWith(box);
		box.append(each);
	}
}</script></body>`,
	);
}

/** The parts of a page and the items of its list, each the other way round. */
function reorder([nav = "", order = "", about = "", help = "", list = ""]: string[]): string {
	const [start = "", ...items] = list.replace("</ul>", "").split(/(?=<li )/);
	return [nav, help, about, order, start, ...items.reverse(), "</ul>"].join("");
}
