// What a drawn heatmap shows, read from its pixels.
import type { Page } from "puppeteer-core";

/** CSS pixels of the rebuilt document. */
export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export type Pixel = [x: number, y: number];

/** How far around the element pixels are looked at. */
const AROUND_PX = 60;

/**
 * The middle of the most opaque pixels of a map around an element of the rebuilt page (more presses than visitors
 * saturate), how opaque they are (0-255), and the element's box.
 */
export async function findHottest(
	page: Page,
	width: number,
	selector: string,
): Promise<{ centre: Pixel; peak: number; box: Box }> {
	await page.waitForSelector(`[data-state="drawn"][data-width="${width}"] .map-heat canvas`);
	return page.evaluate(
		async (wanted, around) => {
			const canvas = document.querySelector<HTMLCanvasElement>(".map-heat canvas");
			const scroller = document.querySelector<HTMLElement>(".map-scroller");
			const frame = document.querySelector<HTMLIFrameElement>(".map-page iframe");
			const element = frame?.contentDocument?.querySelector(wanted);
			if (!canvas || !scroller || !frame?.contentWindow || !element)
				throw new Error(`no map, or no ${wanted} on it`);
			// What is drawn is what is in view: the element's middle comes to the middle of the map.
			const { top: before, height } = element.getBoundingClientRect();
			const shown = scroller.clientHeight / frame.clientHeight;
			scroller.scrollTop += (before + height / 2 - frame.clientHeight / 2) * shown;
			const frames = () => new Promise((next) => requestAnimationFrame(next));
			for (let count = 0; count < 4; count++) await frames();
			const scale = Number(canvas.dataset.scale);
			const { data } =
				canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
			const { scrollX, scrollY } = frame.contentWindow;
			const seen = element.getBoundingClientRect();
			let peak = 0;
			let hottest: [number, number][] = [];
			for (let pixel = 0; data && pixel < data.length / 4; pixel++) {
				const x = ((pixel % canvas.width) + 0.5) / scale;
				const y = (Math.floor(pixel / canvas.width) + 0.5) / scale;
				const heat = data[pixel * 4 + 3] ?? 0;
				const isNear =
					x > seen.left - around &&
					x < seen.right + around &&
					y > seen.top - around &&
					y < seen.bottom + around;
				if (!isNear || heat === 0 || heat < peak) continue;
				if (heat > peak) [peak, hottest] = [heat, []];
				hottest.push([x + scrollX, y + scrollY]);
			}
			const box = {
				left: seen.left + scrollX,
				top: seen.top + scrollY,
				right: seen.right + scrollX,
				bottom: seen.bottom + scrollY,
			};
			const mean = (of: 0 | 1) =>
				hottest.reduce((sum, pixel) => sum + pixel[of], 0) / hottest.length;
			return { centre: [mean(0), mean(1)] as [number, number], peak, box };
		},
		selector,
		AROUND_PX,
	);
}

export function isInside([x, y]: Pixel, box: Box, margin: number): boolean {
	return (
		x >= box.left - margin &&
		x <= box.right + margin &&
		y >= box.top - margin &&
		y <= box.bottom + margin
	);
}
