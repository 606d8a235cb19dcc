import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type * as FitsPress from "../../../viewer/heatmap/fits-press.ts";
import { fitsPress } from "../../../viewer/heatmap/fits-press.ts";
import { describeWithBrowser } from "../../support/suites.ts";

declare const fits: typeof FitsPress;

const press = (tag: string, text: string) => ({ tag, text });
const standing = (tag: string, label: string, oneOfMany: boolean) => ({
	tag,
	labels: [label],
	oneOfMany,
});

test.each([
	["the same product fits", press("a", "Jug"), standing("a", "Jug", true), true],
	["another product of the list does not", press("a", "Jug"), standing("a", "Mug", true), false],
	["an item without words now does not", press("a", "Jug"), standing("a", "", true), false],
	["an item that had no words fits", press("a", ""), standing("a", "Mug", true), true],
	["another kind does not", press("a", "Jug"), standing("button", "Jug", false), false],
	["a counter that stands alone fits", press("a", "Cart 2"), standing("a", "Cart 3", false), true],
])("%s", (_, pressed, found, want) => {
	expect(fitsPress(pressed, found)).toBe(want);
});

const PAGE = `<!doctype html><ul><li><a id="jug" href="/jug"><b>Jug</b> <i>from £22</i></a></li>
<li id="plain"><p id="words">Only words</p></li><li id="card"><p>Mug</p> held</li></ul>
<article><img id="picture" alt="A mug"></article><table><tr><td id="cell">7</td></tr></table>
<div role="option" id="option">Small</div><button id="more">+</button><a id="cart" href="/cart">Cart <b>2</b></a>
<li><p data-snag-mask id="masked">Anna</p></li>`;

describeWithBrowser("what stands at a position, read from a page", (browser) => {
	const WANT: [id: string, tag: string, label: string, oneOfMany: boolean][] = [
		["jug", "a", "Jug from £22", true],
		["words", "p", "Only words", true],
		["card", "li", "held", true],
		["picture", "img", "A mug", true],
		["cell", "td", "7", true],
		["option", "div", "Small", true],
		["more", "button", "+", true],
		["cart", "a", "Cart 2", false],
		["masked", "p", "", true],
	];
	test("has the tag and the label that the recorder gives it, and says whether it is one of many", async () => {
		const entry = fileURLToPath(new URL("../../../viewer/heatmap/fits-press.ts", import.meta.url));
		const bundled = await build({
			...{ entryPoints: [entry], bundle: true, write: false, format: "iife", globalName: "fits" },
		});
		const script = bundled.outputFiles[0]?.text ?? "";
		const read = await browser().withPage(async ({ page }) => {
			await page.setContent(PAGE);
			await page.addScriptTag({ content: script });
			return page.evaluate(
				(ids) =>
					ids.map((id) => {
						const element = document.getElementById(id);
						return element === null ? undefined : fits.describeStanding(element);
					}),
				WANT.map(([id]) => id),
			);
		});
		const said = read.map((found, index) => [
			...[WANT[index]?.[0], found?.tag, found?.labels[0], found?.oneOfMany],
		]);
		expect(said).toEqual(WANT);
		expect(read[2]?.labels[1]).toBe("Mug held");
	});
});
