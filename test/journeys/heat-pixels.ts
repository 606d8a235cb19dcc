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

/** The most opaque pixels of a map drawn at a width, and the box of an element of the rebuilt page. */
export async function findHottest(
	page: Page,
	width: number,
	selector: string,
): Promise<{ hottest: Pixel[]; box: Box }> {
	await page.waitForSelector(
		`[data-state="drawn"][data-width="${width}"] [data-heat="flow"] canvas`,
	);
	return page.evaluate((wanted) => {
		const canvas = document.querySelector<HTMLCanvasElement>('[data-heat="flow"] canvas');
		const frame = document.querySelector<HTMLIFrameElement>(".map-page iframe");
		const element = frame?.contentDocument?.querySelector(wanted);
		if (!canvas || !frame?.contentWindow || !element)
			throw new Error(`no map, or no ${wanted} on it`);
		const scale = Number(canvas.dataset.scale);
		const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
		let peak = 0;
		for (let at = 3; data && at < data.length; at += 4) peak = Math.max(peak, data[at] ?? 0);
		const hottest: [number, number][] = [];
		for (let at = 3; data && peak > 0 && at < data.length; at += 4) {
			const pixel = (at - 3) / 4;
			if (data[at] !== peak) continue;
			hottest.push([
				((pixel % canvas.width) + 0.5) / scale,
				(Math.floor(pixel / canvas.width) + 0.5) / scale,
			]);
		}
		const { left, top, right, bottom } = element.getBoundingClientRect();
		const { scrollX, scrollY } = frame.contentWindow;
		return {
			hottest,
			box: {
				left: left + scrollX,
				top: top + scrollY,
				right: right + scrollX,
				bottom: bottom + scrollY,
			},
		};
	}, selector);
}

export function isInside([x, y]: Pixel, box: Box, margin: number): boolean {
	return (
		x >= box.left - margin &&
		x <= box.right + margin &&
		y >= box.top - margin &&
		y <= box.bottom + margin
	);
}
