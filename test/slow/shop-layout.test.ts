import { expect, test } from "vitest";
import { viewportOf } from "../demo/demo-shop.ts";
import { openDemoShop } from "../demo/open-demo-shop.ts";

const paths = [
	"/",
	"/products",
	"/product/full-moon-jar",
	"/cart",
	"/checkout",
	"/gift-wrapping",
	"/thanks",
	"/no",
];

const open = openDemoShop();

test.each([360, 390, 768, 1024, 1440])(
	"no page scrolls sideways at %i px, with goods in the cart",
	(width) =>
		open.browser.withPage(
			async ({ page }) => {
				const value = encodeURIComponent("line=cordgrass-planter:l:oyster:12&coupon=TIDE10");
				await page
					.browserContext()
					.setCookie({ name: "saltmarsh_cart", value, domain: "127.0.0.1", path: "/" });
				const wide: string[] = [];
				for (const path of paths) {
					await page.goto(open.shop.url + path);
					const over = await page.evaluate(
						(room) => document.documentElement.scrollWidth - room,
						width,
					);
					if (over > 0) wide.push(`${path} by ${over} px`);
				}
				expect(wide).toEqual([]);
				expect(await page.$eval("[data-badge]", (badge) => badge.getAttribute("data-count"))).toBe(
					"12",
				);
			},
			{ viewport: viewportOf(width) },
		),
);

test("every control has a name and every picture a caption", () =>
	open.browser.withPage(async ({ page }) => {
		const named = ["button", "link", "textbox", "combobox", "radio", "checkbox", "image"];
		const nameless: string[] = [];
		let count = 0;
		for (const path of paths) {
			await page.goto(open.shop.url + path);
			const tree = await page.accessibility.snapshot({ interestingOnly: false });
			const queue = tree === null ? [] : [tree];
			for (const node of queue) {
				queue.push(...(node.children ?? []));
				if (!named.includes(node.role)) continue;
				count++;
				if (!node.name) nameless.push(`${path} ${node.role}`);
			}
		}
		expect(count).toBeGreaterThan(100);
		expect(nameless).toEqual([]);
	}));
