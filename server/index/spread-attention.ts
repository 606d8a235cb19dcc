// Time per screen of a document → time per twentieth of its height. A recorder tells for how long each
// screen-high band was in view; documents differ in how many bands they have, twentieths can be compared.
import { HEAT_SLICES } from "../../protocol/api.ts";

/**
 * @param bands milliseconds, from the top; the last one may stand for all below it
 * @returns milliseconds that each slice was on the screen, empty where the sizes are not known
 */
export function spreadAttention(
	bands: readonly number[],
	{ screen, height }: { screen: number; height: number },
): number[] {
	if (screen <= 0 || height <= 0 || bands.length === 0) return [];
	const slice = height / HEAT_SLICES;
	return Array.from({ length: HEAT_SLICES }, (_, index) => {
		const [top, bottom] = [index * slice, (index + 1) * slice];
		let ms = 0;
		for (const [band, spent] of bands.entries()) {
			// A document lower than a screen is in view as a whole.
			const from = Math.min(band * screen, Math.max(0, height - screen));
			const overlap = Math.min(bottom, from + screen) - Math.max(top, from);
			if (overlap > 0) ms += (spent ?? 0) * (overlap / slice);
		}
		return Math.round(ms);
	});
}
