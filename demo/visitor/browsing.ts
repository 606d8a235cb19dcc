/** The first half of a visit: arriving, looking around, finding a piece and choosing how it should be. */
import type { Page } from "puppeteer-core";
import { deadButton } from "../faults.ts";
import {
	ANSWER_MS,
	findElement,
	moveMouse,
	pressElement,
	pressOn,
	pressToGo,
	pressUntil,
	scrollBy,
	scrollTo,
} from "./hands.ts";
import type { Person } from "./person.ts";

/** So long people look whether something comes after all: longer than a press takes to be called dead. */
export const DOUBT_MS = 5600;

export async function land(page: Page, person: Person) {
	const { entry, referrer, shopUrl = page.url() } = person;
	await page.goto(new URL(entry, shopUrl).href, referrer === "" ? {} : { referer: referrer });
	await person.pause(1500);
}

export async function lookAround(page: Page, person: Person) {
	const { width = 1440, height = 900 } = page.viewport() ?? {};
	for (let glance = 0; glance < 4; glance++) {
		await moveMouse(page, person, width * person.random(), height * (0.2 + 0.6 * person.random()));
		await scrollBy(page, person, 260 + person.random() * 260);
		await person.pause(500);
	}
}

export async function openListing(page: Page, person: Person) {
	await pressToGo(page, person, '[data-testid="hero-shop"]', "/products");
	await person.pause(900);
}

export async function filterList(page: Page, person: Person) {
	const chip = `.chip[data-kind="${person.pick(["table", "pouring", "vases"])}"]`;
	// Two kinds have as many pieces, and it may be the one that is shown: only the chip itself tells.
	await pressUntil(
		() => pressOn(page, person, chip),
		() => page.waitForSelector(`${chip}[aria-current]`, { timeout: ANSWER_MS }),
	);
	await person.pause(1200);
}

/** Opens a quick look and closes it again; phones do not have it. */
export async function takeQuickLook(page: Page, person: Person) {
	const first = await page.$("[data-look]");
	if ((await first?.boundingBox()) == null) return;
	const nth = Math.floor(person.random() * 3);
	await pressUntil(
		() => pressOn(page, person, "[data-look]", nth),
		() => page.waitForSelector("#quick-view[open] [data-close]", { timeout: ANSWER_MS }),
	);
	await person.pause(1400);
	await pressUntil(
		() => pressOn(page, person, "#quick-view [data-close]"),
		() =>
			page.waitForFunction(
				() => !document.querySelector("#quick-view[open]") && location.pathname === "/products",
				{ timeout: ANSWER_MS },
			),
	);
}

export async function openProduct(page: Page, person: Person) {
	await pressToGo(page, person, ".card-link", "/product/", Math.floor(person.random() * 3));
	await person.pause(1400);
}

export async function viewPictures(page: Page, person: Person) {
	for (const view of ["above", "table", "front"]) {
		await pressUntil(
			() => pressOn(page, person, `[data-view="${view}"]`),
			() =>
				page.waitForSelector(`[data-view="${view}"][aria-pressed="true"]`, { timeout: ANSWER_MS }),
		);
		await person.pause(700);
	}
}

export async function chooseGlaze(page: Page, person: Person) {
	await pressOn(page, person, ".product-panel .swatch", 1 + Math.floor(person.random() * 2));
	await person.pause(800);
}

export async function chooseSize(page: Page, person: Person) {
	await pressOn(page, person, ".product-panel .size", Math.floor(person.random() * 2));
	await person.pause(600);
}

/** Presses, waits for something to happen, presses again; the mouse goes over the words in between. */
export async function pressDeadButton(page: Page, person: Person) {
	const button = await findElement(page, deadButton.selector);
	await scrollTo(page, person, button);
	const presses = 3 + Math.floor(person.random() * 2);
	for (let press = 0; press < presses; press++) {
		await pressElement(page, person, button);
		await person.pause(press === 0 ? 1600 : 320);
	}
	await person.wait(DOUBT_MS);
}
