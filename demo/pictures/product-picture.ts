/**
 * The four pictures of a product: front, from above, the glaze up close, and on the table with two
 * others. Each is one inline SVG with a caption for those who cannot see it.
 */
import { catalogue, type Product } from "../goods/catalogue.ts";
import { findForm } from "../goods/forms.ts";
import { type GlazeId, glazes } from "../goods/glazes.ts";
import { type Html, html } from "../html.ts";
import { drawFromAbove } from "./from-above.ts";
import { formHeight, rimRadius, widestRadius } from "./outline.ts";
import { drawPot, type Pot } from "./vessel.ts";

export const views = ["front", "above", "close", "table"] as const;
export type View = (typeof views)[number];

const captions: Record<View, string> = {
	front: "seen from the front",
	above: "seen from above",
	close: "the glaze up close",
	table: "on the table",
};

const SIDE = 400;
const FLOOR_Y = 318;

export function potOf(product: Product, glaze: GlazeId = product.glazes[0]): Pot {
	return {
		form: findForm(product.form),
		glaze: glazes[glaze],
		decoration: product.decoration,
		seed: catalogue.indexOf(product) * 97 + 11,
	};
}

/** `id` must be unique in the page; gradients are found by it. */
export function drawProduct(product: Product, glaze: GlazeId, view: View, id: string): Html {
	const pot = potOf(product, glaze);
	const label = `${product.name} in ${pot.glaze.name}, ${captions[view]}`;
	const box = view === "close" ? closeBox(pot) : `0 0 ${SIDE} ${SIDE}`;
	return html`<svg class="picture" viewBox="${box}" role="img" aria-label="${label}" preserveAspectRatio="xMidYMid slice">${drawBackdrop(pot)}${view === "above" ? drawFromAbove(pot, id, SIDE / 2) : drawStanding(product, pot, view, id)}</svg>`;
}

function drawBackdrop({ glaze }: Pot): Html {
	return html`<rect width="${SIDE}" height="${SIDE}" fill="${glaze.backdrop}"/>`;
}

function drawStanding(product: Product, pot: Pot, view: View, id: string): Html {
	const sweep = html`<path d="M0 ${FLOOR_Y - 40}H${SIDE}V${SIDE}H0Z" fill="#fff" opacity=".13"/>`;
	if (view !== "table") {
		return html`${sweep}${drawPot(pot, { id, x: middleX(pot), y: footY(pot), scale: fitScale(pot) })}`;
	}
	const at = catalogue.indexOf(product);
	const [left, right] = [catalogue[(at + 5) % 12] ?? product, catalogue[(at + 9) % 12] ?? product];
	return html`${sweep}${drawPot(potOf(left), { id: `${id}a`, x: 92, y: 284, scale: 200 })}${drawPot(potOf(right), { id: `${id}b`, x: 312, y: 290, scale: 190 })}${drawPot(pot, { id: `${id}m`, x: 196, y: 338, scale: 250 })}`;
}

/** Fills the frame by height or by width, whichever comes first; small pieces stay a bit smaller. */
function fitScale(pot: Pot): number {
	const tall = formHeight(pot.form) + (pot.form.stems ? 0.36 : 0) + (pot.form.lid ?? 0);
	const wide = widestRadius(pot.form) * 2 + (pot.form.handle?.reach ?? 0);
	return Math.min(262 / tall, 296 / wide, 400);
}

/** Flat pieces stand further back, so that they are not lost at the bottom of the frame. */
function footY(pot: Pot): number {
	const scale = fitScale(pot);
	const seen = formHeight(pot.form) * scale + rimRadius(pot.form) * pot.form.tilt * scale;
	return Math.min(FLOOR_Y, SIDE / 2 + seen / 2 + 14);
}

/** A handle weighs to the right and a tube spout to the left; the eye wants the whole in the middle. */
function middleX({ form }: Pot): number {
	const reach = form.handle?.reach ?? 0;
	return SIDE / 2 - (form.spout === "tube" ? 4 : reach * 150);
}

function closeBox(pot: Pot): string {
	const scale = fitScale(pot);
	const top = footY(pot) - formHeight(pot.form) * scale;
	return `${Math.round(middleX(pot) - 112)} ${Math.round(Math.max(0, top - 34))} 176 176`;
}
