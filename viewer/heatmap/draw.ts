// Points → pixels, by heatmap.js. One canvas covers the whole document at half its size (less for very
// tall ones). Measured in software-rendered Chromium on a 1440 × 6000 page: 200 points 28 ms, 2,000
// points 53 ms, against 271 ms for 100 points at full size, and through the blur the eye sees no
// difference. A canvas of the viewport's size, redrawn at each scroll, costs that much at every frame.
import { create } from "heatmap.js";
import { opacityOf, RADIUS_PX } from "./density.ts";
import type { Point } from "./project.ts";
import { listStops } from "./ramp.ts";

export interface Heat {
	/** Canvas pixels per CSS pixel of the document. */
	readonly scale: number;
	/** @param peak the density that gets the ramp's end, whatever is on this canvas */
	draw(points: readonly Point[], peak: number): void;
	remove(): void;
}

const SCALE = 0.5;
const MOST_PIXELS = 4_000_000;
const GRADIENT = Object.fromEntries(listStops().map(([share, color]) => [opacityOf(share), color]));

/** Puts a canvas for `width` × `height` CSS pixels into an empty element. */
export function createHeat(container: HTMLElement, width: number, height: number): Heat {
	const scale = Math.min(SCALE, Math.sqrt(MOST_PIXELS / (width * height)));
	const radius = Math.max(2, Math.round(RADIUS_PX * scale));
	// heatmap.js takes the size of its container for the pixels of its canvas.
	container.style.width = `${Math.ceil(width * scale)}px`;
	container.style.height = `${Math.ceil(height * scale)}px`;
	const config = {
		container,
		radius,
		// A cone without a flat top: the hottest pixel is where the presses are, not around it.
		blur: 1,
		gradient: GRADIENT,
		// The ramp brings its own opacity: faint places stay visible. Not in the type definitions.
		useGradientOpacity: true,
	};
	const heatmap = create(config);
	const canvas = container.querySelector("canvas");
	if (canvas !== null) {
		canvas.dataset.scale = String(scale);
		canvas.style.width = `${canvas.width / scale}px`;
		canvas.style.height = `${canvas.height / scale}px`;
	}
	return {
		scale,
		draw(points, peak) {
			const data = points.map(({ x, y, presses }) => ({
				x: Math.round(x * scale),
				y: Math.round(y * scale),
				value: opacityOf(presses / peak),
				radius,
			}));
			heatmap.setData({ min: 0, max: 1, data });
		},
		remove: () => container.replaceChildren(),
	};
}
