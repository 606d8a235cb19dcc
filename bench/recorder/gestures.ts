// What a visitor does, through the browser's own input, so that it is trusted: pointing, pressing, typing,
// scrolling. The same gestures from the same seed for every recorder; where they land is asked of the page.
import type { Page } from "puppeteer-core";
import type { GestureKind, LivePage } from "./live/live-page.ts";
import { createRandom, type Random } from "./live/random.ts";

type Live = { bench: LivePage };

const SEED = 11;
const PER_SECOND = 1;
const PAUSE_MS = 150;
const MOVES = 6;
const KINDS: readonly GestureKind[] = ["press", "scroll", "type", "press"];

/** @param seconds about as long as this takes on a page that answers at once */
export async function makeGestures(page: Page, seconds: number): Promise<void> {
	const random = createRandom(SEED);
	for (let index = 0; index < seconds * PER_SECOND; index++) {
		const kind = KINDS[index % KINDS.length] ?? "press";
		const pick = random.next();
		const place = await page.evaluate(
			(wanted, share) => (window as unknown as Live).bench.find(wanted, share),
			...([kind, pick] as const),
		);
		if (place !== undefined) await makeGesture(page, kind, place, random);
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}

async function makeGesture(
	page: Page,
	kind: GestureKind,
	{ x, y }: { x: number; y: number },
	random: Random,
): Promise<void> {
	await page.mouse.move(x, y, { steps: MOVES });
	if (kind === "scroll") {
		for (let turn = 0; turn < 3; turn++) await page.mouse.wheel({ deltaY: 120 });
		return;
	}
	await page.mouse.click(x, y);
	if (kind === "type") await page.keyboard.type(random.words(1), { delay: 15 });
}
