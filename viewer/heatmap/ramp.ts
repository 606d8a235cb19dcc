// The colours of the map: the upper part of inferno (van der Walt and Smith, matplotlib, CC0). It gets
// lighter from end to end, so it reads without colour vision and in print, which a rainbow does not.
// Colours go by the square root of the density: most elements are pressed ten times less than the
// most pressed one, and would all be the same dark violet otherwise. The legend's numbers say so.

interface RampStop {
	/** 0-1 along the legend. */
	position: number;
	color: string;
	opacity: number;
}

const RAMP: readonly RampStop[] = [
	{ position: 0, color: "86 15 109", opacity: 0 },
	{ position: 0.1, color: "110 24 110", opacity: 0.5 },
	{ position: 0.3, color: "160 39 100", opacity: 0.78 },
	{ position: 0.5, color: "213 68 71", opacity: 0.88 },
	{ position: 0.7, color: "245 125 21", opacity: 0.92 },
	{ position: 0.87, color: "250 193 39", opacity: 0.94 },
	{ position: 1, color: "252 255 164", opacity: 1 },
];

/** Share of the highest density (0-1) that stands at a place of the legend (0-1). */
export function shareAt(position: number): number {
	return position ** 2;
}

/** For each stop the share of the highest density that it stands for, and its colour with opacity. */
export function listStops(): (readonly [share: number, color: string])[] {
	return RAMP.map(({ position, color, opacity }) => [
		shareAt(position),
		`rgb(${color} / ${opacity})`,
	]);
}

export const RAMP_CSS = `linear-gradient(to right, ${RAMP.map(
	({ position, color }) => `rgb(${color}) ${position * 100}%`,
).join(", ")})`;
