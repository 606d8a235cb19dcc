/**
 * What hands do that is no trouble: press twice from habit, step up quickly, mark words, rest while the eyes read.
 * Whoever looks for friction must not find any in it.
 */
import type { Page } from "puppeteer-core";
import { DOUBT_MS } from "./browsing.ts";
import { findElement, isReachable, moveMouse, pressElement, pressOn, scrollTo } from "./hands.ts";
import type { Person } from "./person.ts";

const FAST_MS = 140;

/** Some double-click whatever can be pressed. */
export async function doublePress(page: Page, person: Person) {
	const nth = 1 + Math.floor(person.random() * 3);
	for (let press = 0; press < 2; press++) {
		await pressOn(page, person, "#gallery [data-view]", nth);
	}
	await person.wait(1500);
}

/** Plus, plus, plus, and one back. */
export async function stepQuickly(page: Page, person: Person) {
	const more = await findElement(page, 'main [data-step="1"]');
	await scrollTo(page, person, more);
	// On phones the bars may lie on it, and nobody presses what they do not see.
	if (!(await isReachable(more))) return;
	const presses = 3 + Math.floor(person.random() * 3);
	await pressElement(page, person, more);
	for (let press = 1; press < presses; press++) await pressHere(page, person, more);
	await pressOn(page, person, 'main [data-step="-1"]');
	await person.wait(1500);
}

/** A word by double click or a whole paragraph by triple click; fingers do it otherwise. */
export async function selectWords(page: Page, person: Person) {
	if (page.viewport()?.hasTouch === true) return;
	const text = await findElement(page, ".product-line");
	await scrollTo(page, person, text);
	const box = await text.boundingBox();
	if (box === null) return;
	const [x, y] = [box.x + Math.min(60, box.width / 2), box.y + box.height / 2];
	await moveMouse(page, person, x, y);
	await page.mouse.click(x, y, { count: 2 + Math.floor(person.random() * 2), delay: 40 });
	await person.wait(1500);
}

/** The mouse rests on what can be pressed while the eyes are elsewhere; then it is pressed after all. */
export async function restAndRead(page: Page, person: Person) {
	const summary = await findElement(page, ".fold summary", 1);
	await scrollTo(page, person, summary);
	const box = await summary.boundingBox();
	if (box === null) return;
	await moveMouse(page, person, box.x + box.width / 3, box.y + box.height / 2);
	await person.wait(3200);
	await pressElement(page, person, summary);
	await person.wait(DOUBT_MS);
}

/** The hand stays where it is. */
async function pressHere(page: Page, person: Person, element: Parameters<typeof pressElement>[2]) {
	if (page.viewport()?.hasTouch === true) return pressElement(page, person, element);
	await person.wait(FAST_MS);
	await page.mouse.down();
	await page.mouse.up();
}
