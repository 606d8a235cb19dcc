/** The upper end of a pot: its rim with the inside that one can see, or a cork in its neck. */
import type { Form } from "../goods/forms.ts";
import { type Html, html } from "../html.ts";
import { formHeight, rimRadius, round } from "./outline.ts";
import type { Pot } from "./vessel.ts";

export function drawMouth({ form, glaze }: Pot, id: string, scale: number): Html {
	const rx = rimRadius(form) * scale;
	const ry = rx * form.tilt;
	const y = -formHeight(form) * scale;
	const wall = Math.min(scale * 0.018, rx * 0.2);
	const isOpen = form.tilt > 0.28;
	const inside = isOpen
		? html`<radialGradient id="${id}-m" cx=".5" cy=".62" r=".62" fx=".54" fy=".66"><stop stop-color="${glaze.dark}"/><stop offset=".3" stop-color="${glaze.dark}" stop-opacity=".82"/><stop offset=".62" stop-color="${glaze.base}"/><stop offset="1" stop-color="${glaze.light}"/></radialGradient>`
		: html`<linearGradient id="${id}-m" x2="1" y2=".25"><stop stop-color="${glaze.dark}"/><stop offset="1" stop-color="${glaze.base}"/></linearGradient>`;
	return html`${inside}<ellipse cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${glaze.light}"/>
${isOpen && html`<ellipse cy="${round(y + wall * 0.2)}" rx="${round(rx - wall)}" ry="${round(ry - wall * 0.75)}" fill="${glaze.base}"/>`}
<ellipse cy="${round(y + wall * 0.2)}" rx="${round(rx - wall)}" ry="${round(ry - wall * 0.75)}" fill="url(#${id}-m)"/>
${!isOpen && html`<ellipse cy="${round(y + ry * 0.3)}" rx="${round((rx - wall) * 0.86)}" ry="${round((ry - wall) * 0.7)}" fill="#0b1512" opacity=".4"/>`}
${form.tilt > 0.4 && html`<ellipse cy="${round(y + ry * 0.08)}" rx="${round(rx * 0.68)}" ry="${round(ry * 0.66)}" fill="none" stroke="${glaze.dark}" stroke-width="${round(scale * 0.008)}" opacity=".5"/>`}`;
}

export function drawCork(form: Form, scale: number): Html {
	const rx = rimRadius(form) * scale * 0.66;
	const y = -formHeight(form) * scale;
	const top = y - scale * 0.085;
	return html`<path d="M${round(-rx)} ${round(y)}L${round(-rx * 1.15)} ${round(top)}H${round(rx * 1.15)}L${round(rx)} ${round(y)}A${round(rx)} ${round(rx * 0.25)} 0 0 1 ${round(-rx)} ${round(y)}Z" fill="#b98a5b"/><ellipse cy="${round(top)}" rx="${round(rx * 1.15)}" ry="${round(rx * 0.28)}" fill="#d3a877"/>`;
}
