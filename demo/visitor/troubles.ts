/**
 * What people do at the planted faults of `faults.ts`, a step for each: press again, wait, look around, correct, turn
 * back. How long they wait does not follow their pace, since a fault takes its time whoever meets it.
 */
import type { Page } from "puppeteer-core";
import {
	brokenSizeGuide,
	coveredBuyButton,
	lateCrateNote,
	quietSoldOut,
	slowCoupon,
} from "../faults.ts";
import { DOUBT_MS } from "./browsing.ts";
import { addToCart, openCart, writeAddress } from "./buying.ts";
import {
	findElement,
	pressElement,
	pressOn,
	pressToGo,
	pressUntil,
	scrollBy,
	scrollTo,
	typeInto,
	waitForPath,
} from "./hands.ts";
import type { Person } from "./person.ts";

const CRATED = "/product/full-moon-jar";
const SOLD_OUT = ["/product/spring-tide-bowl", "/product/sluice-bottle"];
const CHECKOUT = '[data-testid="to-checkout"]';
const LOOK_MS = 12_000;

/** Types the code, presses, waits, presses again; then it has come. */
export async function awaitCoupon(page: Page, person: Person) {
	await typeInto(page, person, "#coupon", "TIDE10");
	await pressOn(page, person, slowCoupon.selector);
	await person.wait(1500);
	if (person.random() < 0.7) await pressOn(page, person, slowCoupon.selector);
	await page.waitForSelector("#coupon-off");
	await person.wait(1500);
}

/** To a piece whose large size is gone, and presses it: once more, and once again on its measure. */
export async function pressSoldOutSize(page: Page, person: Person) {
	await openPiece(page, person, person.pick(SOLD_OUT));
	const size = await findElement(page, quietSoldOut.selector);
	await scrollTo(page, person, size);
	const presses = 2 + Math.floor(person.random() * 2);
	for (let press = 0; press < presses; press++) {
		await pressElement(page, person, size);
		await person.wait(press === 0 ? 1400 : 700);
	}
	await person.wait(2500);
}

/** Nothing opens; another try, and away. */
export async function pressSizeGuide(page: Page, person: Person) {
	const guide = await findElement(page, brokenSizeGuide.selector);
	await scrollTo(page, person, guide);
	await pressElement(page, person, guide);
	await person.wait(2200);
	if (person.random() < 0.6) await pressElement(page, person, guide);
	await person.wait(DOUBT_MS);
}

/** Looks at what it leads to, finds nothing to choose, and is back. */
export async function lookForGiftWrapping(page: Page, person: Person) {
	const path = new URL(page.url()).pathname;
	await pressToGo(page, person, '[data-testid="gift-wrapping"]', "/gift-wrapping");
	await person.wait(2000);
	await page.goBack();
	await waitForPath(page, path);
	await person.pause(1200);
}

/** As many write it: without the space, for which the form has a refusal and no word. */
export function fillAddressWithoutSpace(page: Page, person: Person) {
	return writeAddress(page, person, "EX42TB");
}

/** Presses “Place order”, waits, looks through the form, presses again. */
export async function orderInVain(page: Page, person: Person) {
	await pressOn(page, person, "[name=terms]");
	for (let press = 0; press < 3; press++) {
		await pressOn(page, person, "#place-order");
		await person.wait(press === 0 ? 3600 : 2000);
		await scrollBy(page, person, -260);
	}
	await person.wait(2000);
}

/** Somebody who thinks of the space after all. */
export async function correctPostcode(page: Page, person: Person) {
	await pressUntil(
		() => pressOn(page, person, "#postcode"),
		() =>
			page.waitForFunction(() => document.activeElement?.id === "postcode", { timeout: LOOK_MS }),
	);
	await page.keyboard.press("End");
	for (let letter = 0; letter < 3; letter++) await page.keyboard.press("Backspace");
	for (const letter of " 2TB") {
		await page.keyboard.type(letter);
		await person.pause(85);
	}
}

/** A full moon jar, the cart, and the way out of it moves off under the hand. */
export async function missCheckout(page: Page, person: Person) {
	await openPiece(page, person, CRATED);
	await addToCart(page, person);
	await openCart(page, person);
	await aimBeforeNote(page, person);
	await page.waitForSelector(lateCrateNote.selector, { timeout: LOOK_MS });
	await pressWhereHandIs(page, person);
	await person.wait(1800);
	await pressToGo(page, person, CHECKOUT, "/checkout");
	await person.wait(1200);
}

/** The hand lies on the link before the note comes; who was too slow for that looks at the cart again. */
async function aimBeforeNote(page: Page, person: Person) {
	for (let look = 0; look < 3; look++) {
		const link = await findElement(page, CHECKOUT);
		await scrollTo(page, person, link);
		const box = await link.boundingBox();
		if (box === null) throw new Error("the way to the checkout has no box");
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		const isTouch = page.viewport()?.hasTouch === true;
		if (isTouch) person.mouse = { x, y };
		else {
			await page.mouse.move(x, y, { steps: 4 });
			person.mouse = { x, y };
		}
		if ((await page.$(lateCrateNote.selector)) === null) return;
		await page.reload();
	}
}

async function pressWhereHandIs(page: Page, person: Person) {
	const { x, y } = person.mouse;
	if (page.viewport()?.hasTouch === true) return page.touchscreen.tap(x, y);
	await page.mouse.down();
	await person.act(70);
	await page.mouse.up();
}

/**
 * On a phone: taps what shows of the button, is in the list that the tab bar leads to, goes back, and scrolls until
 * the button is free. Some give up there.
 */
export async function tapTabBarInstead(page: Page, person: Person) {
	const path = new URL(page.url()).pathname;
	const button = await findElement(page, coveredBuyButton.selector);
	await scrollTo(page, person, button);
	await scrollBy(page, person, 220);
	await scrollBy(page, person, -260);
	await pressUntil(
		// Its words stand in the middle, and over them the way to the list.
		() => pressElement(page, person, button, { x: 0.5, y: 0.5 }),
		() => waitForPath(page, "/products"),
	);
	await person.wait(1100);
	await page.goBack();
	await waitForPath(page, path);
	if (person.random() < 0.6) await addToCart(page, person);
	await person.wait(1200);
}

/** Through the list, as there is no other way to it. */
async function openPiece(page: Page, person: Person, path: string) {
	if (new URL(page.url()).pathname === path) return;
	if (new URL(page.url()).pathname !== "/products") {
		const menu = await page.$$('a[href="/products"]');
		const nth = await findSeen(menu);
		await pressToGo(page, person, 'a[href="/products"]', "/products", nth);
	}
	await pressToGo(page, person, `.card-link[href="${path}"]`, path);
	await person.pause(1400);
}

async function findSeen(links: readonly { isVisible(): Promise<boolean> }[]): Promise<number> {
	for (const [nth, link] of links.entries()) if (await link.isVisible()) return nth;
	throw new Error("no way to the list can be seen");
}
