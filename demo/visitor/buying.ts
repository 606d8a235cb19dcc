/** The second half of a visit: into the cart, to the checkout, and then buying or going away. */
import type { Page } from "puppeteer-core";
import { coveredBuyButton } from "../faults.ts";
import {
	ANSWER_MS,
	findElement,
	isReachable,
	pressElement,
	pressOn,
	pressToGo,
	pressUntil,
	scrollBy,
	scrollTo,
	typeInto,
} from "./hands.ts";
import type { Person } from "./person.ts";

const MAX_LOOKS = 40;

/** On a phone the button lies under the tab bar: down, back up, and down again until it is free. */
export async function addToCart(page: Page, person: Person) {
	const button = await findElement(page, coveredBuyButton.selector);
	const before = await countBadge(page);
	await scrollTo(page, person, button);
	if (!(await isReachable(button))) {
		for (const way of [260, 240, -380, -200]) await scrollBy(page, person, way);
	}
	for (let look = 0; look < MAX_LOOKS && !(await isReachable(button)); look++) {
		if (!(await scrollBy(page, person, 200 + person.random() * 80))) break;
		await person.pause(250);
	}
	await pressUntil(
		() => pressElement(page, person, button),
		() =>
			page.waitForFunction(
				(count) =>
					Number(document.querySelector<HTMLElement>("[data-badge]")?.dataset.count) > count,
				{ timeout: ANSWER_MS },
				before,
			),
	);
	await person.pause(1000);
}

export async function openCart(page: Page, person: Person) {
	const link = await findVisible(page, ["#cart-link", '.tab-bar a[href="/cart"]']);
	await pressToGo(page, person, link, "/cart");
	await person.pause(1100);
}

export async function changeQuantity(page: Page, person: Person) {
	const read = () => page.$eval(".line input", (input) => (input as HTMLInputElement).value);
	const before = await read();
	await pressUntil(
		() => pressOn(page, person, '.line [data-step="1"]'),
		() =>
			page.waitForFunction(
				(old) => document.querySelector<HTMLInputElement>(".line input")?.value !== old,
				{ timeout: ANSWER_MS },
				before,
			),
	);
	await person.pause(700);
}

export async function tryCoupon(page: Page, person: Person) {
	await typeInto(page, person, "#coupon", "TIDE10");
	await page.keyboard.press("Enter");
	await page.waitForSelector("#coupon-off");
	await person.pause(900);
}

export async function openCheckout(page: Page, person: Person) {
	await pressToGo(page, person, '[data-testid="to-checkout"]', "/checkout");
	await person.pause(900);
}

export function fillAddress(page: Page, person: Person) {
	return writeAddress(page, person, "EX4 2TB");
}

export async function writeAddress(page: Page, person: Person, postcode: string) {
	const name = person.pick(["Maren Okafor", "Joan Petit", "Ada Lindqvist", "Sam Whitlock"]);
	const mail = `${name.toLowerCase().replace(" ", ".")}@example.com`;
	await typeInto(page, person, "#email", mail);
	await typeInto(page, person, "#name", name);
	await typeInto(page, person, "#street", "14 Ferry Road");
	await typeInto(page, person, "#postcode", postcode);
	await typeInto(page, person, "#city", "Topsham");
	await page.select("#country", person.pick(["United Kingdom", "Ireland", "France"]));
}

export async function chooseDelivery(page: Page, person: Person) {
	await pressOn(page, person, ".radio", 1 + Math.floor(person.random() * 2));
	await person.pause(600);
}

export async function writeNote(page: Page, person: Person) {
	await typeInto(page, person, "#gift-note", "For Tuesdays and soup.");
}

export async function payByCard(page: Page, person: Person) {
	await typeInto(page, person, "#cc-number", "4242424242424242");
	await typeInto(page, person, "#cc-exp", "0431");
	await typeInto(page, person, "#cc-csc", "123");
}

export async function placeOrder(page: Page, person: Person) {
	if ((await page.$("[name=terms]:checked")) === null) await pressOn(page, person, "[name=terms]");
	await pressToGo(page, person, "#place-order", "/thanks");
	await person.pause(1500);
}

/** Gone in the middle of everything, as most people go. */
export async function leave(page: Page) {
	await page.goto("about:blank");
}

async function countBadge(page: Page): Promise<number> {
	return Number(await page.$eval("[data-badge]", (badge) => (badge as HTMLElement).dataset.count));
}

async function findVisible(page: Page, selectors: readonly string[]): Promise<string> {
	for (const selector of selectors) {
		const element = await page.$(selector);
		if ((await element?.isVisible()) === true) return selector;
	}
	throw new Error(`none of these can be seen: ${selectors.join(", ")}`);
}
