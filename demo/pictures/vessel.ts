/**
 * Draws one pot, standing with the middle of its foot on (x, y). Painted from back to front:
 * shadow, handle and spout, clay body, glaze, brushwork, specks, light, rim and what is in it.
 * Drawn rather than photographed so that a page needs no image files and every glaze is one colour.
 */
import type { Product } from "../goods/catalogue.ts";
import type { Form } from "../goods/forms.ts";
import type { Glaze } from "../goods/glazes.ts";
import { type Html, html } from "../html.ts";
import { drawHandle, drawLid, drawSpout, drawStems } from "./attachments.ts";
import { drawBrushwork, drawGlaze, drawSpecks } from "./glazing.ts";
import { drawCork, drawMouth } from "./mouth.ts";
import { formHeight, outlineBody, round, widestRadius } from "./outline.ts";

export interface Pot {
	form: Form;
	glaze: Glaze;
	decoration: Product["decoration"];
	seed: number;
}

/** `id` makes the gradient and clip names unique in the page. `scale` is pixels for one unit. */
export interface Place {
	id: string;
	x: number;
	y: number;
	scale: number;
}

const CLAY = "#b98d68";

export function drawPot(pot: Pot, { id, x, y, scale }: Place): Html {
	const { form, glaze } = pot;
	const wide = widestRadius(form) * scale;
	const high = formHeight(form) * scale;
	return html`<g transform="translate(${round(x)} ${round(y)})">
<clipPath id="${id}-c"><path d="${outlineBody(form, scale)}"/></clipPath>
${lightGradient(id)}
${drawShadow(form, scale)}
${form.handle && drawHandle(form, glaze, scale)}
${form.spout && drawSpout(form, glaze, scale)}
<g clip-path="url(#${id}-c)">
<rect x="${round(-wide)}" y="${round(-high * 1.3)}" width="${round(wide * 2)}" height="${round(high * 1.5)}" fill="${CLAY}"/>
${drawGlaze(pot, scale)}
${drawBrushwork(pot, scale)}
${drawSpecks(pot, scale)}
<rect x="${round(-wide)}" y="${round(-high * 1.3)}" width="${round(wide * 2)}" height="${round(high * 1.5)}" fill="url(#${id}-l)"/>
</g>
${form.lid === undefined ? drawMouth(pot, id, scale) : drawLid(pot, id, scale)}
${form.stems && drawStems(form, scale)}
${form.cork === true && drawCork(form, scale)}
</g>`;
}

/** A wide bowl on a narrow foot throws its shadow from somewhere between the two. */
function drawShadow(form: Form, scale: number): Html {
	const foot = (form.side.at(-1)?.[0] ?? 0) * scale;
	const reach = (foot * 1.1 + widestRadius(form) * scale * 0.9) / 2;
	return html`<ellipse cx="${round(reach * 0.24)}" cy="${round(reach * 0.04)}" rx="${round(reach * 1.15)}" ry="${round(reach * 0.17)}" fill="#10201c" opacity=".2"/><ellipse cx="${round(foot * 0.05)}" cy="${round(foot * 0.06)}" rx="${round(foot * 1.14)}" ry="${round(foot * 0.17)}" fill="#10201c" opacity=".4"/>`;
}

/** Window light from the left: a soft edge, a bright stripe, then into shade. */
function lightGradient(id: string): Html {
	return html`<linearGradient id="${id}-l"><stop offset="0" stop-color="#0b1512" stop-opacity=".3"/><stop offset=".16" stop-color="#0b1512" stop-opacity=".04"/><stop offset=".26" stop-color="#fff" stop-opacity=".3"/><stop offset=".4" stop-color="#fff" stop-opacity=".04"/><stop offset=".62" stop-color="#0b1512" stop-opacity=".1"/><stop offset="1" stop-color="#0b1512" stop-opacity=".52"/></linearGradient>`;
}
