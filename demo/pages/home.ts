import { catalogue } from "../goods/catalogue.ts";
import { glazeIds, glazes } from "../goods/glazes.ts";
import { html } from "../html.ts";
import { renderCards } from "../parts/card.ts";
import { drawIcon } from "../parts/icons.ts";
import { drawKilnShelf, drawMarshScene } from "../pictures/scene.ts";
import type { PageFrame } from "./layout.ts";

export function homePage(): PageFrame {
	const featured = catalogue.filter((product) => product.featured === true);
	return {
		title: "Stoneware from between the tides",
		here: "home",
		main: html`<section class="hero">
<div class="hero-text"><h1>Stoneware from between the tides.</h1><p>Thrown in small batches on the Orran estuary, glazed with ash, salt and marsh clay. Made to be used every day.</p><div class="hero-links"><a class="button" href="/products" data-testid="hero-shop">Shop all stoneware</a><a class="plain-link" href="#workshop">How it is made ${drawIcon("arrow")}</a></div></div>
<div class="hero-picture">${drawMarshScene()}</div>
</section>
<section class="band" aria-labelledby="fresh"><div class="band-head"><h2 id="fresh">Out of the kiln this week</h2><a class="plain-link" href="/products">All twelve pieces ${drawIcon("arrow")}</a></div><ul class="cards">${renderCards(featured)}</ul></section>
<section class="band glazes" aria-labelledby="glazes"><div class="band-head"><h2 id="glazes">Six glazes,<br>one shoreline</h2><p>Every glaze starts within a mile of the workshop: reed ash, creek iron, oyster shell. We mix them in buckets and write nothing down that matters.</p></div>
<ul class="glaze-list">${glazeIds.map((id) => html`<li><svg viewBox="0 0 200 240" aria-hidden="true" preserveAspectRatio="xMidYMid slice"><rect width="200" height="240" fill="#b98d68"/><path d="M0 0H200V196C178 208 168 186 146 196S112 214 92 202 52 190 34 204 12 210 0 200Z" fill="${glazes[id].base}"/><path d="M0 200C12 210 16 218 34 204S72 190 92 202 124 206 146 196 178 208 200 196" fill="none" stroke="${glazes[id].dark}" stroke-width="5"/><path d="M0 0H200V22C170 34 150 16 110 26S40 34 0 22Z" fill="${glazes[id].light}" opacity=".7"/></svg><b>${glazes[id].name}</b><span>${glazes[id].note}</span></li>`)}</ul></section>
<section class="workshop" id="workshop" aria-labelledby="made"><div class="workshop-picture">${drawKilnShelf()}</div><div class="workshop-text"><h2 id="made">Four hands, two wheels, one kiln</h2><p>Ines throws, Tobias glazes, and the kiln decides. A firing takes thirty hours and holds about two hundred pots. What comes out well is on this page.</p><ol class="steps"><li><b>Monday, the clay.</b> Dug at low water, left a winter under wet sacking.</li><li><b>Thursday, the wheel.</b> Forty mugs before lunch, handles after.</li><li><b>The week after, the fire.</b> 1,280 °C, then two days of not looking.</li></ol><a class="button button-light" href="/products?sort=new">See what is new</a></div></section>
<section class="promises" aria-label="Good to know"><p>${drawIcon("truck")}<b>Free delivery from £80.</b> Below that it costs £4.90.</p><p>${drawIcon("spark")}<b>Broken on the way?</b> We send another, no questions.</p><p>${drawIcon("wave")}<b>Dishwasher, oven, microwave.</b> Everything but the corks.</p></section>`,
	};
}
