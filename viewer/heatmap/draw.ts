// Densities → pixels: one canvas of the viewport's size at half its resolution, which no eye sees through
// the blur, drawn anew whenever the page under it is scrolled. What is fixed, stuck or in a scroller of its
// own is then just another place; a canvas of the whole document would need one more per layer.
import { createGrid, type Grid, reachOf, spread, type WeightedPoint } from "./kernel.ts";
import { type RampName, rampTable } from "./ramp.ts";
import { positionTable } from "./scale.ts";

/** How far a press reaches: σ of its bell, CSS pixels. */
export const SIGMA_PX = 14;
const SCALE = 0.5;
const POSITIONS = positionTable(4096);
/** Around the canvas, pixels of it: what lies outside glows into it. */
const MARGIN = reachOf(SIGMA_PX * SCALE);

export interface Heat {
	readonly canvas: HTMLCanvasElement;
	/** Points in CSS pixels of the viewport; weights are shares. */
	draw(points: readonly WeightedPoint[], ramp: RampName): void;
	remove(): void;
}

/** Puts a canvas over `width` × `height` CSS pixels into an element. */
export function createHeat(container: HTMLElement, width: number, height: number): Heat {
	const canvas = document.createElement("canvas");
	canvas.width = Math.max(1, Math.ceil(width * SCALE));
	canvas.height = Math.max(1, Math.ceil(height * SCALE));
	canvas.style.width = `${canvas.width / SCALE}px`;
	canvas.style.height = `${canvas.height / SCALE}px`;
	canvas.dataset.scale = String(SCALE);
	container.append(canvas);
	const context = canvas.getContext("2d", { willReadFrequently: true });
	if (context === null) throw new Error("This browser draws no canvas.");
	const grid = createGrid(canvas.width + 2 * MARGIN, canvas.height + 2 * MARGIN);
	const picture = context.createImageData(canvas.width, canvas.height);
	return {
		canvas,
		draw(points, ramp) {
			const scaled = points.map(({ x, y, weight }) => ({
				x: x * SCALE + MARGIN,
				y: y * SCALE + MARGIN,
				weight,
			}));
			spread(grid, scaled, SIGMA_PX * SCALE);
			paint(grid, rampTable(ramp), picture);
			context.putImageData(picture, 0, 0);
		},
		remove: () => canvas.remove(),
	};
}

function paint({ values, width }: Grid, colors: Uint8ClampedArray, picture: ImageData): void {
	const last = POSITIONS.length - 1;
	const packed = new Uint32Array(colors.buffer);
	const target = new Uint32Array(picture.data.buffer);
	for (let row = 0; row < picture.height; row++) {
		const from = (row + MARGIN) * width + MARGIN;
		const to = row * picture.width;
		for (let at = 0; at < picture.width; at++) {
			const value = values[from + at] ?? 0;
			const place = value > LEAST ? Math.min(last, Math.round(Math.sqrt(value) * last)) : 0;
			target[to + at] = packed[POSITIONS[place] ?? 0] ?? 0;
		}
	}
}

/** Box blurs of floats leave dust where there is nothing. */
const LEAST = 1e-5;
