// How long visitors take at an element, beside controls like it: as a colour, and in words. The legend goes from half
// as long to four times as long, with as long in the middle, because twice as long is what one looks for and half
// as long is nothing to worry about; what may be chance has no colour of its own.
import type { HeatmapElement } from "../../protocol/api.ts";
import type { BoxPaint } from "./map-boxes.tsx";
import { differenceColor } from "./ramp.ts";
import { FEW } from "./weigh.ts";

export type Hesitation = NonNullable<HeatmapElement["hesitation"]>;

const LEAST = 0.5;
const MOST = 4;
export const SLOWNESS_TICKS = ["0.5×", "0.7×", "1×", "2×", "4×"] as const;
export const UNSURE_COLOR = "rgb(128 128 128 / 0.55)";

/** A ratio → its place along the legend, 0-1. */
export function positionOfRatio(ratio: number): number {
	const end = ratio < 1 ? LEAST : MOST;
	const share = Math.min(1, Math.log(ratio) / Math.log(end));
	return 0.5 + ((ratio < 1 ? -1 : 1) * share) / 2;
}

/** Does its interval leave “as long as at its like” out? */
export function isSure({ lower, upper }: Hesitation): boolean {
	return lower > 1 || upper < 1;
}

export function colorOfSlowness(hesitation: Hesitation): string {
	return isSure(hesitation) ? slownessColor(positionOfRatio(hesitation.ratio)) : UNSURE_COLOR;
}

/** The warm end is what takes long. @param position along the legend, 0-1 */
export function slownessColor(position: number): string {
	return differenceColor(1 - position);
}

export function paintSlowness({ hesitation }: HeatmapElement): BoxPaint {
	if (hesitation === undefined) return { says: "", few: false };
	return {
		color: colorOfSlowness(hesitation),
		says: formatRatio(hesitation.ratio),
		few: hesitation.sessions < FEW,
	};
}

/** `2.3×`; what is far off needs no digit behind the point. */
export function formatRatio(ratio: number): string {
	return `${ratio < 9.95 ? ratio.toFixed(1) : Math.round(ratio)}×`;
}

/** `1.6–3.2×` */
export function formatRatios({ lower, upper }: Hesitation): string {
	return `${formatRatio(lower).slice(0, -1)}–${formatRatio(upper)}`;
}

/** `0.8 s` */
export function formatSeconds(ms: number): string {
	return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
}
