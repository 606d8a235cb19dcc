/**
 * Where in an element a press lands, in shares of its box. People aim at the middle and miss it by a little
 * (normally distributed in both directions), so presses make a cloud, not a point. The cloud ends where an
 * ellipse inside the box does: the corners of what is round belong to others.
 */
export interface Aim {
	x: number;
	y: number;
}

const SPREAD = 0.16;
/** Half of the width and of the height would be the edge. */
const MOST = 0.43;
/** A turn of the distribution's own formula: no draw lies beyond `MOST`, so none is drawn again. */
const LEAST = Math.exp(-(MOST ** 2) / (2 * SPREAD ** 2));

export function drawAim(random: () => number): Aim {
	const away = SPREAD * Math.sqrt(-2 * Math.log(LEAST + random() * (1 - LEAST)));
	const angle = random() * 2 * Math.PI;
	return { x: 0.5 + away * Math.cos(angle), y: 0.5 + away * Math.sin(angle) };
}
