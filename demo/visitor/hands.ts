/**
 * Eyes and hands of a visitor: scrolls until a thing is in view, moves there in small steps, presses,
 * types. Only input that a person could give; the page is read, never changed, by script.
 */
import type { ElementHandle, Page } from "puppeteer-core";
import { drawAim } from "./aim.ts";
import type { Person } from "./person.ts";

const MAX_PRESSES = 3;
/** Somebody whose press has brought nothing by then presses again. */
export const ANSWER_MS = 10_000;
/** How far down the screen people bring what they look for. */
const COMFORT = 0.48;
const MAX_SCROLLS = 80;
/** Each is answered with the next frame of the page. */
const DRAG_STEPS = 5;
/** The part of an element where most presses land, in shares of its box. */
const AIM = { left: 0.3, right: 0.7, top: 0.3, bottom: 0.7 };

export async function pressOn(page: Page, person: Person, selector: string, nth = 0) {
	const element = await findElement(page, selector, nth);
	await scrollTo(page, person, element);
	await pressElement(page, person, element);
}

/**
 * Presses, and again if nothing comes of it, as people do whose press missed because the page moved under it.
 * @throws the last wait's error
 */
export async function pressUntil(press: () => Promise<void>, answered: () => Promise<unknown>) {
	for (let tries = 1; tries < MAX_PRESSES; tries++) {
		await press().catch(letGo);
		if (await answered().then(() => true, isTimeout)) return;
	}
	await press().catch(letGo);
	await answered();
}

/** Presses where the element is now; whatever lies on top of it gets the press. */
export async function pressElement(
	page: Page,
	person: Person,
	element: ElementHandle,
	aim = drawAim(person.random),
) {
	const box = await element.boundingBox();
	if (box === null) throw new Error("a visitor cannot press what has no box");
	const x = box.x + box.width * aim.x;
	const y = box.y + box.height * aim.y;
	if (page.viewport()?.hasTouch === true) {
		await person.act(220);
		await page.touchscreen.tap(x, y);
		return;
	}
	await moveMouse(page, person, x, y);
	await person.act(160);
	await page.mouse.down();
	await person.act(70);
	await page.mouse.up();
}

/** Presses what leads to a path and waits until the page there has loaded all its parts. */
export function pressToGo(page: Page, person: Person, selector: string, path: string, nth = 0) {
	const isThere = () => new URL(page.url()).pathname.startsWith(path);
	return pressUntil(
		async () => {
			if (!isThere()) await pressOn(page, person, selector, nth);
		},
		() => waitForPath(page, path),
	);
}

/** Waits until the page shows this path and has loaded all its parts. */
export async function waitForPath(page: Page, path: string) {
	await page.waitForFunction(
		(wanted) => location.pathname.startsWith(wanted) && document.readyState === "complete",
		{ timeout: ANSWER_MS },
		path,
	);
}

/** A slightly bent path with a slow end, as hands do it. A touch screen has no mouse to move. */
export async function moveMouse(page: Page, person: Person, x: number, y: number) {
	if (page.viewport()?.hasTouch === true) return;
	const from = { ...person.mouse };
	const bend = (person.random() - 0.5) * 0.25;
	// Each step is an answer of the page to wait for, so whoever is in a hurry takes half as many.
	const steps = Math.ceil((12 + person.random() * 10) * (person.pace < 0.5 ? 0.5 : 1));
	for (let step = 1; step <= steps; step++) {
		const way = 1 - (1 - step / steps) ** 2;
		const off = Math.sin(way * Math.PI) * bend;
		await page.mouse.move(
			from.x + (x - from.x) * way + (y - from.y) * off,
			from.y + (y - from.y) * way - (x - from.x) * off,
		);
		await person.act(14);
	}
	person.mouse = { x, y };
}

export async function typeInto(page: Page, person: Person, selector: string, text: string) {
	await pressUntil(
		() => pressOn(page, person, selector),
		() =>
			page.waitForFunction(
				(wanted) => document.activeElement?.matches(wanted) === true,
				{ timeout: ANSWER_MS },
				selector,
			),
	);
	for (const letter of text) {
		if (person.random() < 0.03) {
			// A letter would be dropped by a field of digits, and the correction would eat a right one.
			await page.keyboard.type(/\d/.test(letter) ? "7" : "e");
			await person.pause(180);
			await page.keyboard.press("Backspace");
		}
		await page.keyboard.type(letter);
		await person.pause(85);
	}
	await person.pause(250);
}

/** Ends as soon as the element can be pressed, or when it turns out to be pinned to the screen. */
export async function scrollTo(page: Page, person: Person, element: ElementHandle) {
	const height = page.viewport()?.height ?? 800;
	let lastY = Number.NaN;
	for (let scrolls = 0; scrolls < MAX_SCROLLS; scrolls++) {
		const box = await element.boundingBox();
		if (box === null || Math.abs(box.y - lastY) < 1 || (await isReachable(element))) return;
		lastY = box.y;
		const away = box.y + Math.min(box.height, height * 0.6) / 2 - height * COMFORT;
		const way = Math.sign(away) * Math.min(Math.abs(away), 180 + person.random() * 260);
		if (!(await scrollBy(page, person, way))) return;
	}
}

/** Scrolls by wheel or finger. False if the page did not move, that is, at its end. */
export async function scrollBy(page: Page, person: Person, distance: number): Promise<boolean> {
	const before = await page.evaluate(() => window.scrollY);
	if (page.viewport()?.hasTouch === true) await dragFinger(page, person, distance);
	else await page.mouse.wheel({ deltaY: distance });
	const after = await settleScroll(page, before);
	await person.act(180);
	return Math.abs(after - before) >= 1;
}

export async function findElement(page: Page, selector: string, nth = 0): Promise<ElementHandle> {
	await page.waitForSelector(selector);
	const found = await page.$$(selector);
	const element = found[Math.min(nth, found.length - 1)];
	if (element === undefined) throw new Error(`nothing matches ${selector}`);
	return element;
}

/** Whether a press would reach the element: where people aim is in view, and nothing lies on it. */
export function isReachable(element: ElementHandle): Promise<boolean> {
	return element.evaluate((node, aim) => {
		if (!(node instanceof Element)) return false;
		const { left, top, width, height } = node.getBoundingClientRect();
		return [aim.left, aim.right].every((across) =>
			[aim.top, aim.bottom].every((down) => {
				const hit = document.elementFromPoint(left + width * across, top + height * down);
				return hit !== null && node.contains(hit);
			}),
		);
	}, AIM);
}

/** The page went away while a hand reached for something on it, as it does where an earlier press was answered late. */
function letGo(error: unknown): void {
	const isGone =
		error instanceof Error &&
		/same JavaScript world|context was destroyed|find context|detached/i.test(error.message);
	if (!isGone) throw error;
}

function isTimeout(error: unknown): false {
	if (error instanceof Error && error.name === "TimeoutError") return false;
	throw error;
}

async function dragFinger(page: Page, person: Person, distance: number) {
	const { width = 390, height = 844 } = page.viewport() ?? {};
	const x = width * (0.55 + person.random() * 0.2);
	const start = height / 2 + distance / 2;
	const touch = await page.touchscreen.touchStart(x, start);
	for (let step = 1; step <= DRAG_STEPS; step++) {
		await touch.move(x, start - (distance * step) / DRAG_STEPS);
		await person.act(25);
	}
	// A finger that rests before it lifts does not throw the page on.
	await page.evaluate(async () => {
		for (let frame = 0; frame < 5; frame++) await new Promise(requestAnimationFrame);
	});
	await touch.move(x, start - distance);
	await touch.end();
}

/** Scrolling is done by another thread: asks frame by frame until it has begun and come to rest. */
function settleScroll(page: Page, before: number): Promise<number> {
	return page.evaluate(async (from) => {
		let last = window.scrollY;
		for (let frame = 0, still = 0; frame < 60 && still < (last === from ? 12 : 3); frame++) {
			await new Promise(requestAnimationFrame);
			still = window.scrollY === last ? still + 1 : 0;
			last = window.scrollY;
		}
		return last;
	}, before);
}
