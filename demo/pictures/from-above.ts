/** A pot as it looks from straight above: rings, a pool of glaze, its handle and its shadow. */
import { type Html, html } from "../html.ts";
import { createRandom } from "../random.ts";
import { rimRadius, round, widestRadius } from "./outline.ts";
import type { Pot } from "./vessel.ts";

const RADIUS = 122;

export function drawFromAbove({ form, glaze, seed }: Pot, id: string, middle: number): Html {
	const mouth = (rimRadius(form) / widestRadius(form)) * RADIUS;
	const closed = form.lid !== undefined || form.cork === true;
	return html`<g transform="translate(${middle} ${middle})">
<radialGradient id="${id}-t" cx=".38" cy=".34" r=".75"><stop stop-color="${glaze.light}"/><stop offset=".55" stop-color="${glaze.base}"/><stop offset="1" stop-color="${glaze.dark}"/></radialGradient>
<radialGradient id="${id}-i" cx=".62" cy=".66" r=".8"><stop stop-color="${glaze.base}"/><stop offset="1" stop-color="${glaze.dark}"/></radialGradient>
<circle cx="16" cy="18" r="${RADIUS}" fill="#10201c" opacity=".24"/>
${form.handle !== undefined && html`<rect x="${RADIUS - 14}" y="-13" width="66" height="26" rx="13" fill="${glaze.dark}"/><rect x="${RADIUS - 14}" y="-11" width="63" height="20" rx="10" fill="${glaze.base}"/>`}
${form.spout === "tube" && html`<path d="M${-RADIUS + 10} -26Q${-RADIUS - 26} -16 ${-RADIUS - 46} -9V9Q${-RADIUS - 26} 16 ${-RADIUS + 10} 26Z" fill="${glaze.base}"/>`}
<circle r="${RADIUS}" fill="url(#${id}-t)"/>
${[0.97, 0.9, 0.82].map((share) => html`<circle r="${round(RADIUS * share)}" fill="none" stroke="${glaze.dark}" opacity=".18"/>`)}
${form.spout === "lip" && html`<path d="M${round(-mouth * 0.75)} ${round(-mouth * 0.66)}Q${round(-mouth * 1.2)} ${round(-mouth * 0.3)} ${round(-mouth * 1.55)} 0Q${round(-mouth * 1.2)} ${round(mouth * 0.3)} ${round(-mouth * 0.75)} ${round(mouth * 0.66)}Z" fill="${glaze.light}"/>`}
<circle r="${round(mouth)}" fill="${glaze.light}"/>
<circle r="${round(mouth - 5)}" fill="${closed ? `url(#${id}-t)` : `url(#${id}-i)`}"/>
${closed ? html`<circle cx="3" cy="4" r="20" fill="#10201c" opacity=".3"/><circle r="18" fill="${form.cork ? "#c99a68" : glaze.light}"/>` : drawPool(mouth, glaze.dark)}
${drawSpecks(seed)}
</g>`;
}

function drawPool(mouth: number, dark: string): Html {
	return html`<circle r="${round(mouth * 0.62)}" fill="${dark}" opacity=".22"/><circle r="${round(mouth * 0.5)}" fill="${dark}" opacity=".16"/><path d="M${round(-mouth * 0.6)} ${round(-mouth * 0.42)}A${round(mouth * 0.74)} ${round(mouth * 0.74)} 0 0 1 ${round(-mouth * 0.1)} ${round(-mouth * 0.73)}" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".4"/>`;
}

function drawSpecks(seed: number): Html {
	const random = createRandom(seed + 53);
	const dots = Array.from({ length: 60 }, () => {
		const [turn, far] = [random() * Math.PI * 2, Math.sqrt(random()) * (RADIUS - 6)];
		return `M${round(Math.cos(turn) * far)} ${round(Math.sin(turn) * far)}h0`;
	}).join("");
	return html`<path d="${dots}" stroke="#2a1a10" stroke-width="2.2" stroke-linecap="round" opacity=".38"/>`;
}
