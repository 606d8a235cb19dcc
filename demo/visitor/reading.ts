/** What visitors do who are not on their way to the checkout: read, compare, press what is no button. */
import type { Page } from "puppeteer-core";
import { coveredBuyButton } from "../faults.ts";
import { catalogue } from "../goods/catalogue.ts";
import { openListing } from "./browsing.ts";
import {
	findElement,
	moveMouse,
	pressElement,
	pressOn,
	pressToGo,
	scrollBy,
	scrollTo,
	waitForPath,
} from "./hands.ts";
import type { Person } from "./person.ts";

/** Most turn round early and few see the end, so the share that reaches a place falls with its depth. */
const GOES_ON = 0.68;
const MOST_SCREENS = 6;
/** How long a screenful holds somebody who is not in a hurry. */
const SCREEN_MS = 4200;

/** Reads with the mouse under the words, screen by screen, now and then a little back. */
export async function readPage(page: Page, person: Person) {
	const { width = 1440, height = 900 } = page.viewport() ?? {};
	await person.pause(SCREEN_MS);
	for (let screen = 0; screen < MOST_SCREENS && person.random() < GOES_ON; screen++) {
		const isBack = screen > 1 && person.random() < 0.15;
		const way = height * (0.35 + person.random() * 0.4);
		if (!(await scrollBy(page, person, isBack ? -way / 2 : way))) break;
		const across = 0.25 + person.random() * 0.5;
		await moveMouse(page, person, width * across, height * (0.25 + person.random() * 0.5));
		await person.pause(SCREEN_MS);
	}
}

/** The first pieces of a list are opened far more often than the last. */
export async function openAnyProduct(page: Page, person: Person) {
	const nth = Math.floor(person.random() ** 2 * catalogue.length);
	await pressToGo(page, person, ".card-link", "/product/", nth);
	await person.pause(1400);
}

export async function returnToList(page: Page, person: Person) {
	await person.pause(600);
	await page.goBack();
	await waitForPath(page, "/products");
	await person.pause(1100);
}

/** Nothing enlarges the picture, and people try. */
export async function pressPicture(page: Page, person: Person) {
	await pressOn(page, person, ".gallery-main");
	await person.pause(1300);
}

export async function openFold(page: Page, person: Person) {
	await pressOn(page, person, ".fold summary", 1 + Math.floor(person.random() * 3));
	await person.pause(2600);
}

/** To one kind of pieces; where the window is too narrow for the menu, to all of them. */
export async function openMenu(page: Page, person: Person) {
	const nth = Math.floor(person.random() * 4);
	const links = await page.$$(".nav-kind");
	if ((await links[nth]?.isVisible()) !== true) return openListing(page, person);
	await pressToGo(page, person, ".nav-kind", "/products", nth);
	await person.pause(900);
}

/**
 * Somebody on a phone who wants to buy: the button shows under the tab bar, so they scroll down and up again, press
 * what they see of it (the tab bar has it), and give up.
 */
export async function giveUpBuying(page: Page, person: Person) {
	const path = new URL(page.url()).pathname;
	const button = await findElement(page, coveredBuyButton.selector);
	await scrollTo(page, person, button);
	for (const way of [240, -300, 200, -260]) {
		if (!(await scrollBy(page, person, way * (0.8 + person.random() * 0.4)))) break;
		await person.pause(700);
	}
	await pressElement(page, person, button);
	await person.pause(2200);
	if (new URL(page.url()).pathname === path) await scrollBy(page, person, -240);
}

/** Orders before the card is filled in; the form says what is missing. */
export async function orderTooSoon(page: Page, person: Person) {
	await pressOn(page, person, "#place-order");
	await page.waitForSelector("[aria-invalid=true]");
	await person.pause(3200);
}
