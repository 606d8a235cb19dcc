import { describe, expect, test } from "vitest";
import { coveredBuyButton, deadButton } from "../../demo/faults.ts";
import { findElement, isReachable } from "../../demo/visitor/hands.ts";
import { viewportOf } from "./demo-shop.ts";
import { openDemoShop } from "./open-demo-shop.ts";

const open = openDemoShop();

describe("the buy button", () => {
	test.each([768, 1024, 1440])("can be pressed at once at %i px", (width) =>
		open.browser.withPage(
			async ({ page }) => {
				await page.goto(`${open.shop.url}/product/fleet-mug`);
				const button = await findElement(page, coveredBuyButton.selector);
				await button.scrollIntoView();
				expect(await isReachable(button)).toBe(true);
			},
			{ viewport: viewportOf(width) },
		),
	);

	test.each([360, 390])("hides under the tab bar until the end of the text at %i px", (width) =>
		open.browser.withPage(
			async ({ page }) => {
				await page.goto(`${open.shop.url}/product/fleet-mug`);
				const { free, endOfText } = await page.evaluate(findFreePlaces, coveredBuyButton.selector);
				expect(free.length).toBeGreaterThan(0);
				expect(Math.min(...free)).toBeGreaterThan(endOfText);
				expect(endOfText).toBeGreaterThan(600);
			},
			{ viewport: viewportOf(width) },
		),
	);
});

test.each([390, 1440])("the dead button feels alive and does nothing at %i px", (width) =>
	open.browser.withPage(
		async ({ page }) => {
			await page.goto(`${open.shop.url}/product/wader-jug`);
			const button = await findElement(page, deadButton.selector);
			await button.scrollIntoView();
			expect(await button.evaluate((node) => getComputedStyle(node).cursor)).toBe("pointer");
			expect(await page.evaluate(countAnswers, deadButton.selector)).toBe(0);
			// The same count over a living button, so that this test can fail.
			expect(await page.evaluate(countAnswers, '[data-view="above"]')).toBeGreaterThan(0);
		},
		{ viewport: viewportOf(width) },
	),
);

/** Runs in the page: every scroll position at which the element could be pressed. */
async function findFreePlaces(selector: string) {
	const button = document.querySelector(selector);
	const text = document.querySelector(".voices");
	if (button === null || text === null) throw new Error("not the product page");
	const endOfText = text.getBoundingClientRect().bottom + window.scrollY - window.innerHeight;
	const free: number[] = [];
	const height = document.documentElement.scrollHeight - window.innerHeight;
	for (let top = 0; top < height; top += 40) {
		window.scrollTo({ top, behavior: "instant" });
		await new Promise(requestAnimationFrame);
		const box = button.getBoundingClientRect();
		const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
		if (hit !== null && button.contains(hit)) free.push(top);
	}
	return { free, endOfText };
}

/** Runs in the page: presses, and counts what changes in the ten frames after it. */
async function countAnswers(selector: string): Promise<number> {
	let count = 0;
	const observer = new MutationObserver((records) => {
		count += records.length;
	});
	const everything = { subtree: true, childList: true, attributes: true, characterData: true };
	observer.observe(document, everything);
	const before = location.href;
	document.querySelector<HTMLElement>(selector)?.click();
	for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
	observer.disconnect();
	return count + (location.href === before ? 0 : 1);
}
