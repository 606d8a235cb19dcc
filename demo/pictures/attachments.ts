/** What is not turned on the wheel: handles, spouts, lids, and the plants in a pot. */

import type { Form } from "../goods/forms.ts";
import type { Glaze } from "../goods/glazes.ts";
import { type Html, html } from "../html.ts";
import { formHeight, radiusAt, rimRadius, round } from "./outline.ts";
import type { Pot } from "./vessel.ts";

/** A strap pulled from the right wall: dark edge, glaze, and a line of light along the top. */
export function drawHandle(form: Form, glaze: Glaze, scale: number): Html {
	const { top, bottom, reach } = form.handle ?? { top: 0, bottom: 0, reach: 0 };
	const from = [radiusAt(form, top) * 0.93 * scale, -top * scale] as const;
	const to = [radiusAt(form, bottom) * 0.93 * scale, -bottom * scale] as const;
	const out = Math.max(from[0], to[0]) + reach * scale;
	const path = `M${round(from[0])} ${round(from[1])}C${round(out)} ${round(from[1] - scale * 0.05)} ${round(out)} ${round(to[1] - scale * 0.02)} ${round(to[0])} ${round(to[1])}`;
	return html`<g fill="none" stroke-linecap="round"><path d="${path}" stroke="${glaze.dark}" stroke-width="${round(scale * 0.068)}"/><path d="${path}" stroke="${glaze.base}" stroke-width="${round(scale * 0.05)}"/><path d="${path}" stroke="${glaze.light}" stroke-width="${round(scale * 0.012)}" opacity=".55"/></g>`;
}

/** A lip is the rim drawn out to the left; a tube rises from the belly of a teapot. */
export function drawSpout(form: Form, glaze: Glaze, scale: number): Html {
	if (form.spout === "lip") {
		const rim = rimRadius(form) * scale;
		const y = -formHeight(form) * scale;
		const tip = `${round(-rim * 1.62)} ${round(y - scale * 0.035)}`;
		return html`<path d="M${round(-rim * 0.5)} ${round(y - rim * 0.2)}Q${round(-rim * 1.2)} ${round(y - scale * 0.045)} ${tip}Q${round(-rim * 1.15)} ${round(y + scale * 0.05)} ${round(-rim * 0.86)} ${round(y + scale * 0.14)}Z" fill="${glaze.base}"/><path d="M${round(-rim * 0.5)} ${round(y - rim * 0.2)}Q${round(-rim * 1.2)} ${round(y - scale * 0.045)} ${tip}Q${round(-rim * 1.1)} ${round(y + scale * 0.02)} ${round(-rim * 0.7)} ${round(y + rim * 0.1)}Z" fill="${glaze.light}"/>`;
	}
	const belly = radiusAt(form, 0.2) * scale;
	const tip = round(-belly - scale * 0.21);
	return html`<path d="M${round(-belly * 0.9)} ${round(-scale * 0.1)}C${round(-belly - scale * 0.1)} ${round(-scale * 0.12)} ${round(-belly - scale * 0.1)} ${round(-scale * 0.3)} ${tip} ${round(-scale * 0.42)}L${round(-belly - scale * 0.155)} ${round(-scale * 0.455)}C${round(-belly - scale * 0.02)} ${round(-scale * 0.4)} ${round(-belly)} ${round(-scale * 0.32)} ${round(-belly * 0.85)} ${round(-scale * 0.29)}Z" fill="${glaze.base}"/><path d="M${round(-belly * 0.9)} ${round(-scale * 0.1)}C${round(-belly - scale * 0.1)} ${round(-scale * 0.12)} ${round(-belly - scale * 0.1)} ${round(-scale * 0.3)} ${tip} ${round(-scale * 0.42)}" fill="none" stroke="${glaze.dark}" stroke-width="${round(scale * 0.014)}"/><ellipse cx="${round(-belly - scale * 0.182)}" cy="${round(-scale * 0.438)}" rx="${round(scale * 0.034)}" ry="${round(scale * 0.014)}" transform="rotate(-32 ${round(-belly - scale * 0.182)} ${round(-scale * 0.438)})" fill="${glaze.dark}"/>`;
}

/** A lid takes the same light as the body, by the gradient that the body defined. */
export function drawLid({ form, glaze }: Pot, id: string, scale: number): Html {
	const rx = rimRadius(form) * scale * 1.03;
	const ry = rx * form.tilt;
	const y = -formHeight(form) * scale;
	const top = y - (form.lid ?? 0) * scale;
	const knob = scale * 0.045;
	const dome = `M${round(-rx)} ${round(y)}C${round(-rx * 0.9)} ${round(top + ry * 0.2)} ${round(-rx * 0.4)} ${round(top)} 0 ${round(top)}S${round(rx * 0.9)} ${round(top + ry * 0.2)} ${round(rx)} ${round(y)}A${round(rx)} ${round(ry)} 0 0 1 ${round(-rx)} ${round(y)}Z`;
	return html`<path d="${dome}" fill="${glaze.base}"/><path d="${dome}" fill="url(#${id}-l)"/>
<path d="M${round(-rx)} ${round(y)}A${round(rx)} ${round(ry)} 0 0 0 ${round(rx)} ${round(y)}" fill="none" stroke="${glaze.dark}" stroke-width="${round(scale * 0.014)}"/>
<path d="M${round(-rx * 0.72)} ${round(y - (y - top) * 0.5)}C${round(-rx * 0.5)} ${round(top + ry * 0.3)} ${round(-rx * 0.3)} ${round(top + ry * 0.2)} ${round(-rx * 0.2)} ${round(top + ry * 0.16)}" fill="none" stroke="${glaze.light}" stroke-width="${round(scale * 0.018)}" stroke-linecap="round" opacity=".6"/>
<path d="M${round(-knob * 0.6)} ${round(top + scale * 0.012)}L${round(-knob)} ${round(top - knob)}H${round(knob)}L${round(knob * 0.6)} ${round(top + scale * 0.012)}Z" fill="${glaze.dark}"/><ellipse cy="${round(top - knob)}" rx="${round(knob)}" ry="${round(knob * 0.42)}" fill="${glaze.light}"/>`;
}

/** A reed for a narrow neck, leaves over dark soil for a wide one. */
export function drawStems(form: Form, scale: number): Html {
	const y = -formHeight(form) * scale;
	if (form.stems === "reed") return drawReed(y, scale);
	const soil = rimRadius(form) * scale * 0.9;
	const blades = [-66, -40, -18, 4, 24, 46, 70].map((angle, at) => {
		const length = scale * (0.4 - Math.abs(angle) * 0.0018 + (at % 2) * 0.06);
		const fill = at % 2 === 0 ? "#3d6b4f" : "#568a63";
		return html`<path transform="translate(${round(angle * 0.0022 * scale)} ${round(y)}) rotate(${angle})" d="M0 0C${round(-length * 0.17)} ${round(-length * 0.4)} ${round(-length * 0.12)} ${round(-length * 0.8)} 0 ${round(-length)}C${round(length * 0.12)} ${round(-length * 0.8)} ${round(length * 0.17)} ${round(-length * 0.4)} 0 0Z" fill="${fill}"/><path transform="translate(${round(angle * 0.0022 * scale)} ${round(y)}) rotate(${angle})" d="M0 0V${round(-length * 0.86)}" stroke="#2a5039" stroke-width="${round(scale * 0.006)}"/>`;
	});
	return html`<ellipse cy="${round(y + soil * 0.03)}" rx="${round(soil)}" ry="${round(soil * form.tilt * 0.8)}" fill="#2e221b"/>${blades}`;
}

function drawReed(y: number, scale: number): Html {
	const stem = (lean: number, length: number) =>
		`M0 ${round(y)}C${round(lean * 0.1 * scale)} ${round(y - length * 0.5 * scale)} ${round(lean * 0.6 * scale)} ${round(y - length * 0.8 * scale)} ${round(lean * scale)} ${round(y - length * scale)}`;
	const head = (lean: number, length: number, turn: number) =>
		html`<ellipse cx="${round(lean * scale)}" cy="${round(y - length * scale)}" rx="${round(scale * 0.016)}" ry="${round(scale * 0.062)}" transform="rotate(${turn} ${round(lean * scale)} ${round(y - length * scale)})" fill="#6f4a2f"/>`;
	return html`<g fill="none" stroke="#5c6b3d" stroke-width="${round(scale * 0.011)}" stroke-linecap="round"><path d="${stem(0.13, 0.4)}"/><path d="${stem(-0.1, 0.33)}"/><path d="${stem(0.02, 0.24)}"/></g>${head(0.13, 0.42, 14)}${head(-0.1, 0.35, -14)}`;
}
