/** The big pictures of the landing page: pots on the sea wall at low sun, and the kiln shelf. */
import { findProduct } from "../goods/catalogue.ts";
import type { GlazeId } from "../goods/glazes.ts";
import { type Html, html } from "../html.ts";
import { createRandom } from "../random.ts";
import { round } from "./outline.ts";
import { potOf } from "./product-picture.ts";
import { drawPot } from "./vessel.ts";

const WIDE = 960;
const HIGH = 720;
const HORIZON = 366;
const WALL = 640;

export function drawMarshScene(): Html {
	return html`<svg class="picture" viewBox="0 0 ${WIDE} ${HIGH}" preserveAspectRatio="xMidYMax slice" role="img" aria-label="Five pots on a wall, the marsh and a low sun behind them">
<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#f0a583"/><stop offset=".6" stop-color="#f7cdb4"/><stop offset="1" stop-color="#fbe6d3"/></linearGradient>
<linearGradient id="water" x2="0" y2="1"><stop stop-color="#c9a996"/><stop offset=".35" stop-color="#7fa19a"/><stop offset="1" stop-color="#2c645d"/></linearGradient>
<rect width="${WIDE}" height="${HORIZON}" fill="url(#sky)"/>
<circle cx="610" cy="${HORIZON - 66}" r="118" fill="#e2532f"/>
<path d="M0 ${HORIZON - 14}Q160 ${HORIZON - 34} 330 ${HORIZON - 10}T640 ${HORIZON - 16}T${WIDE} ${HORIZON - 22}V${HORIZON + 6}H0Z" fill="#8a6f66"/>
<rect y="${HORIZON}" width="${WIDE}" height="${HIGH - HORIZON}" fill="url(#water)"/>
${drawGlitter()}${drawMud()}${drawReeds(40, 17, 3)}${drawReeds(880, 19, 9)}
<rect y="${WALL}" width="${WIDE}" height="${HIGH - WALL}" fill="#14312d"/>
<rect y="${WALL}" width="${WIDE}" height="26" fill="#d8c9b4"/><rect y="${WALL + 26}" width="${WIDE}" height="10" fill="#8f7f6b"/>
${stand("full-moon-jar", "tern", 292, 320, "s1")}${stand("wader-jug", "ironstone", 548, 336, "s2")}${stand("ebb-bowl", "dusk", 802, 284, "s3", 12)}${stand("reed-vase", "kelp", 96, 262, "s5")}${stand("fleet-mug", "oyster", 424, 200, "s4", 16)}
</svg>`;
}

export function drawKilnShelf(): Html {
	const rows: [string, GlazeId, number, number][][] = [
		[
			["curlew-tumbler", "samphire", 86, 170],
			["curlew-tumbler", "tern", 178, 170],
			["fleet-mug", "kelp", 290, 176],
			["sluice-bottle", "dusk", 404, 178],
			["fleet-mug", "oyster", 508, 176],
		],
		[
			["spring-tide-bowl", "ironstone", 130, 190],
			["creek-teapot", "samphire", 324, 186],
			["reed-vase", "oyster", 462, 170],
			["salt-cellar", "dusk", 546, 160],
		],
		[
			["full-moon-jar", "oyster", 112, 178],
			["wader-jug", "tern", 262, 172],
			["ebb-bowl", "samphire", 400, 160],
			["cordgrass-planter", "ironstone", 530, 150],
		],
	];
	const shelf = (row: (typeof rows)[number], at: number) => {
		const y = 196 + at * 206;
		return html`<rect y="${y - 10}" width="620" height="22" fill="#e6d3b8"/><rect y="${y + 12}" width="620" height="8" fill="#0e2420" opacity=".35"/>${row.map(([slug, glaze, x, scale], nth) => stand(slug, glaze, x, scale, `k${at}${nth}`, y - WALL))}`;
	};
	return html`<svg class="picture" viewBox="0 0 620 660" preserveAspectRatio="xMidYMid slice" role="img" aria-label="Three shelves of pots waiting for the kiln"><rect width="620" height="660" fill="#1f4a45"/>${rows.map(shelf)}</svg>`;
}

function stand(slug: string, glaze: GlazeId, x: number, scale: number, id: string, lift = 8) {
	const product = findProduct(slug);
	if (product === undefined) return undefined;
	return drawPot(potOf(product, glaze), { id, x, y: WALL + lift, scale });
}

/** The sun's road on the water: short lines that spread as they come nearer. */
function drawGlitter(): Html {
	const random = createRandom(4);
	const lines = Array.from({ length: 26 }, (_, at) => {
		const y = HORIZON + 8 + at * 8.4;
		const length = 30 + random() * (60 + at * 4);
		return `M${round(610 - length / 2 + (random() - 0.5) * (30 + at * 6))} ${round(y)}h${round(length)}`;
	}).join("");
	return html`<path d="${lines}" stroke="#f4b08f" stroke-width="3.4" stroke-linecap="round" opacity=".8"/>`;
}

function drawMud(): Html {
	return html`<path d="M0 448Q140 422 260 452T400 466Q320 486 200 478T0 490Z" fill="#5c5a4a" opacity=".75"/><path d="M${WIDE} 490Q850 470 760 496T640 516Q740 540 860 530T${WIDE} 536Z" fill="#4d5143" opacity=".8"/>`;
}

function drawReeds(x: number, count: number, seed: number): Html {
	const random = createRandom(seed);
	const blades = Array.from({ length: count }, () => {
		const foot = x + (random() - 0.5) * 190;
		const [lean, high] = [(random() - 0.4) * 70, 150 + random() * 150];
		return `M${round(foot)} ${WALL}Q${round(foot)} ${round(WALL - high * 0.6)} ${round(foot + lean)} ${round(WALL - high)}`;
	}).join("");
	return html`<path d="${blades}" fill="none" stroke="#2f4a35" stroke-width="5" stroke-linecap="round"/>`;
}
