/** What is put on a pot before the fire: glaze, brushwork, and the iron specks in the clay. */

import type { Form } from "../goods/forms.ts";
import { type Html, html } from "../html.ts";
import { createRandom } from "../random.ts";
import { formHeight, radiusAt, round, smooth } from "./outline.ts";
import type { Pot } from "./vessel.ts";

/** Glaze runs from the rim to an uneven line above the foot, darker where it gathers. */
export function drawGlaze({ form, glaze, decoration, seed }: Pot, scale: number): Html {
	const height = formHeight(form);
	const edge = height * (decoration === "bare-foot" ? 0.2 : decoration === "bands" ? 0.08 : 0.1);
	const points = wavyLine(form, edge, scale, createRandom(seed));
	const line = smooth(points);
	const [left, right] = [points[0], points.at(-1)].map((point) => round(point?.[1] ?? 0));
	const start = `${round(points[0]?.[0] ?? 0)} ${left}`;
	const far = round(scale);
	// A bowl is wider above its glaze line than at it: the paint must reach past the sides.
	return html`<path d="M${-far} ${-far * 2}V${left}L${start}${line}L${far} ${right}V${-far * 2}Z" fill="${glaze.base}"/>
<path d="M${start}${line}" fill="none" stroke="${glaze.dark}" stroke-width="${round(scale * 0.012)}" opacity=".75"/>`;
}

export function drawBrushwork(pot: Pot, scale: number): Html | undefined {
	const { form, glaze, decoration, seed } = pot;
	const height = formHeight(form);
	if (decoration === "bands") {
		const bands = [0.76, 0.62, 0.56].map((share, at) => {
			const width = scale * (at === 0 ? 0.05 : 0.014);
			return html`<path d="${arcAt(form, height * share, scale)}" fill="none" stroke="${glaze.dark}" stroke-width="${round(width)}" opacity="${at === 0 ? 0.5 : 0.7}"/>`;
		});
		return html`${bands}`;
	}
	if (decoration !== "dip") return undefined;
	const random = createRandom(seed + 7);
	const far = round(scale);
	const points = [-0.6, -0.35, -0.1, 0.15, 0.4, 0.6].map((share): [number, number] => [
		share * scale,
		(-height * 0.52 - share * height * 0.42 + (random() - 0.5) * 0.03) * scale,
	]);
	const start = points[0] ?? [0, 0];
	return html`<path d="M${-far} ${-far * 2}L${round(start[0])} ${round(start[1])}${smooth(points)}L${far} ${-far * 2}Z" fill="${glaze.light}" opacity=".55"/>`;
}

/** Iron specks: two paths of round dots, because forty circles a pot make a heavy page. */
export function drawSpecks({ form, seed }: Pot, scale: number): Html {
	const random = createRandom(seed + 31);
	const dots = (count: number) =>
		Array.from({ length: count }, () => {
			const height = random() * formHeight(form);
			const across = (random() * 2 - 1) * radiusAt(form, height);
			return `M${round(across * scale)} ${round(-height * scale)}h0`;
		}).join("");
	return html`<g fill="none" stroke="#2a1a10" stroke-linecap="round"><path d="${dots(46)}" stroke-width="${round(scale * 0.0055)}" opacity=".34"/><path d="${dots(12)}" stroke-width="${round(scale * 0.009)}" opacity=".38"/></g>`;
}

function arcAt(form: Form, height: number, scale: number): string {
	const radius = radiusAt(form, height) * scale * 1.02;
	const y = round(-height * scale);
	return `M${round(-radius)} ${y}A${round(radius)} ${round(radius * form.tilt)} 0 0 0 ${round(radius)} ${y}`;
}

function wavyLine(
	form: Form,
	height: number,
	scale: number,
	random: () => number,
): [number, number][] {
	const radius = radiusAt(form, height) * 1.05;
	return Array.from({ length: 9 }, (_, at): [number, number] => {
		const across = (at / 8) * 2 - 1;
		const sag = Math.sqrt(1 - across * across) * radius * form.tilt * 0.8;
		return [across * radius * scale, (-height + sag + (random() - 0.5) * 0.022) * scale];
	});
}
