// In the browser: the same presses drawn by ours and by others.
import { create } from "heatmap.js";
import simpleheat from "simpleheat";
import { createRandom } from "../../demo/random.ts";
import type { HeatmapElement } from "../../protocol/api.ts";
import {
	createSampleElement,
	createSampleHeatmap,
} from "../../test/viewer/heatmap/sample-heatmap.ts";
import { createHeat } from "../../viewer/heatmap/draw.ts";
import { listPoints } from "../../viewer/heatmap/list-points.ts";
import type { Box } from "../../viewer/heatmap/place-element.ts";
import { projectElements } from "../../viewer/heatmap/project.ts";
import { placeAt } from "../../viewer/heatmap/read-map.ts";
import type { DrawTimes } from "./draw.ts";

interface MeasureOptions {
	seed: number;
	rounds: number;
	rivalPoints: number;
	rivalRounds: number;
}

const SIZE = { width: 1440, height: 900 };
const PAGE_HEIGHT = 6000;
const ELEMENTS = 300;
const BINS = 50_000;
const PRESSES = 10_000_000;
const RADIUS = 28;

Object.assign(globalThis, { measure });

function measure({ seed, rounds, rivalPoints, rivalRounds }: MeasureOptions): DrawTimes {
	const random = createRandom(seed);
	const boxes = Array.from({ length: ELEMENTS }, () => createBox(random));
	const many = createElements(boxes, BINS, PRESSES);
	const ours = timeOurs(many, boxes, rounds);
	const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
	const heapBytes = memory.usedJSHeapSize;
	const oursFewPoints = timeOurs(createElements(boxes, ELEMENTS, 200), boxes, rounds);
	const inView = boxes.filter(({ y }) => y < SIZE.height);
	const points = Array.from({ length: rivalPoints }, () => {
		const box = inView[Math.floor(random() * inView.length)] ?? createBox(random);
		return {
			x: Math.round(box.x + random() * box.width),
			y: Math.round(box.y + random() * box.height),
		};
	});
	return {
		...{ ours, oursFewPoints, heapBytes },
		heatmapJs: timeHeatmapJs(points, rivalRounds),
		simpleheat: timeSimpleheat(points, rivalRounds),
	};
}

function timeOurs(elements: HeatmapElement[], boxes: Box[], rounds: number): number[] {
	const heatmap = createSampleHeatmap({ elements, presses: PRESSES });
	const heat = createHeat(document.body, SIZE.width, SIZE.height);
	const { placed } = projectElements(
		elements,
		boxes.map((box) => ({
			...{ state: "placed" as const, box, layer: "flow" as const },
			...{ pinned: false, clip: undefined },
		})),
	);
	const times = time(rounds, (round) => {
		const y = (round * 331) % (PAGE_HEIGHT - SIZE.height);
		const standing = placeAt(placed, y, { document, scroller: undefined });
		heat.draw(listPoints(heatmap, standing, { y, height: SIZE.height }), "inferno");
		heat.canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
	});
	heat.remove();
	return times;
}

function timeHeatmapJs(points: { x: number; y: number }[], rounds: number): number[] {
	const container = document.createElement("div");
	Object.assign(container.style, { width: `${SIZE.width}px`, height: `${SIZE.height}px` });
	document.body.append(container);
	const heatmap = create({ container, radius: RADIUS });
	const data = points.map(({ x, y }) => ({ x, y, value: 1 }));
	const times = time(rounds, () => heatmap.setData({ min: 0, max: 100, data }));
	container.remove();
	return times;
}

function timeSimpleheat(points: { x: number; y: number }[], rounds: number): number[] {
	const canvas = document.createElement("canvas");
	Object.assign(canvas, SIZE);
	const heat = simpleheat(canvas).radius(RADIUS / 2, RADIUS / 2);
	const data = points.map(({ x, y }): [number, number, number] => [x, y, 1]);
	return time(rounds, () => heat.data(data).max(100).draw());
}

function time(rounds: number, run: (round: number) => unknown): number[] {
	run(0);
	return Array.from({ length: rounds }, (_, round) => {
		const from = performance.now();
		run(round);
		return performance.now() - from;
	});
}

function createBox(random: () => number): Box {
	const [width, height] = [40 + random() * 300, 24 + random() * 120];
	return {
		x: random() * (SIZE.width - width),
		y: random() * (PAGE_HEIGHT - height),
		width,
		height,
	};
}

function createElements(boxes: Box[], bins: number, presses: number): HeatmapElement[] {
	const random = createRandom(bins);
	const each = Math.max(1, Math.floor(bins / boxes.length));
	const one = Math.max(1, Math.floor(presses / (each * boxes.length)));
	return boxes.map((_, index) =>
		createSampleElement({
			...{ key: `id:e${index}`, sessions: one * each, exposedSessions: 20 * one * each },
			presses: one * each,
			count: one * each,
			bins: Array.from({ length: each }, () => [
				Math.floor(random() * 64),
				Math.floor(random() * 64),
				one,
			]),
		}),
	);
}
