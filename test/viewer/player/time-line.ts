// A hand on the time line.
import type { Page } from "puppeteer-core";

/** Waits until the picture is that of the instant that was asked for. */
export async function isShown(page: Page): Promise<void> {
	await page.waitForSelector('[data-time-ms][data-state="ready"]', { timeout: 60_000 });
}

/** From one end to the other and back, in so many steps each way. */
export async function dragEndToEnd(page: Page, { steps }: { steps: number }): Promise<void> {
	const { left, right, y } = await findBar(page);
	await page.mouse.move(left, y);
	await page.mouse.down();
	for (const [from, to] of [
		[left, right],
		[right, left],
	] as const) {
		for (let step = 1; step <= steps; step++) {
			await page.mouse.move(from + ((to - from) * step) / steps, y);
			await new Promise((done) => setTimeout(done, 40));
		}
	}
	await page.mouse.up();
	await isShown(page);
}

/** Presses on markers of the list, spread over all of them. */
export async function jumpToMarkers(page: Page, count: number): Promise<void> {
	const markers = await page.$$(".happening");
	for (let jump = 0; jump < count; jump++) {
		// Far from the one before: 7 has no divisor in common with 10.
		const index = Math.floor((((jump * 7) % count) / count) * markers.length);
		await markers[index]?.evaluate((marker) => (marker as HTMLButtonElement).click());
		await isShown(page);
	}
}

async function findBar(page: Page) {
	const box = await (await page.waitForSelector(".seek"))?.boundingBox();
	if (box === null || box === undefined) throw new Error("the time line is not to be seen");
	return { left: box.x + 1, right: box.x + box.width - 1, y: box.y + box.height / 2 };
}
