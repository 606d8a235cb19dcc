// Which colour a value has: the same on every map of every site, so that two maps can be laid side by side
// and a quiet page looks quiet. Equal steps of the legend are equal factors: most elements are pressed by
// one visitor in a hundred, a few by half of them.

/** Of 100. */
export const TICKS = [0, 1, 3, 10, 30, 100] as const;
const STEPS = TICKS.length - 1;

/** A share (0-1, more where a visitor may do it more than once) → its place along the legend, 0-1. */
export function positionOf(share: number): number {
	const percent = share * 100;
	if (!(percent > 0)) return 0;
	for (let step = 1; step <= STEPS; step++) {
		const [low, high] = [TICKS[step - 1] ?? 0, TICKS[step] ?? 100];
		if (percent > high) continue;
		// Below the first tick there is no factor to speak of: from nothing to 1 % it is a straight line.
		const within = low === 0 ? percent / high : Math.log(percent / low) / Math.log(high / low);
		return (step - 1 + within) / STEPS;
	}
	return 1;
}

/** For pixels: places of the legend, 0-255, by the square root of the share. */
export function positionTable(size: number): Uint8Array {
	return Uint8Array.from({ length: size }, (_, at) =>
		Math.round(positionOf((at / (size - 1)) ** 2) * 255),
	);
}
