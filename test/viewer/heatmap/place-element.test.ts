// What an element moves with and is cut off by, as a browser lays it out.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import type * as PlaceElement from "../../../viewer/heatmap/place-element.ts";
import { describeWithBrowser } from "../../support/suites.ts";

declare const places: typeof PlaceElement;

const PAGE = `<!doctype html><style>body { margin: 0; height: 3000px } div { width: 100px; height: 50px }
.scroll { overflow: auto; height: 100px; width: 200px; border: 5px solid; position: absolute; top: 600px }
.tall { height: 400px } #far { position: absolute; top: 300px } dialog, [popover] { overflow: visible }</style>
<div id="flow">flow</div><div id="head" style="position: sticky; top: 0">head</div>
<div id="foot" style="position: fixed; bottom: 0"><b id="infoot">foot</b></div>
<div id="tilted" style="transform: rotate(0); position: absolute; top: 200px"><div id="held" style="position: fixed">held</div></div>
<div class="scroll"><div class="tall"><b id="row">row</b><div id="far">far</div></div></div>
<div class="scroll" style="position: static"><div class="tall"></div><b id="out" style="position: absolute; top: 0">out</b></div>
<dialog id="ask" style="margin: 0"><b id="yes">yes</b></dialog>
<dialog id="later"><b id="no">no</b></dialog><div id="pop" popover><b id="item">item</b></div>
<details><summary>more</summary><b id="folded">folded</b></details>
<b id="veiled" style="visibility: hidden">veiled</b><b id="glass" style="opacity: 0">glass</b>
<a id="round"><img style="float: left; width: 40px; height: 30px" alt=""></a>
<section style="height: 90px; width: 90px; overflow: hidden"><div id="cut" style="width: 500px">cut</div></section>`;

describeWithBrowser("the place of an element", (browser) => {
	test("is what it is laid out in as the page stands now", async () => {
		const entry = new URL("../../../viewer/heatmap/place-element.ts", import.meta.url);
		const bundled = await build({
			...{ entryPoints: [fileURLToPath(entry)], bundle: true, write: false },
			...{ format: "iife", globalName: "places" },
		});
		const read = (scroll: number) =>
			browser().withPage(async ({ page }) => {
				await page.setContent(PAGE);
				await page.addScriptTag({ content: bundled.outputFiles[0]?.text ?? "" });
				return page.evaluate((y) => {
					document.querySelector("dialog")?.showModal();
					document.querySelector<HTMLElement>("#pop")?.showPopover();
					scrollTo(0, y);
					const found = [...document.querySelectorAll("[id]")].map((element) => {
						const place = places.placeElement(element);
						const cut = place?.clip && [place.clip.width, place.clip.height];
						return [
							element.id,
							place ? [place.layer, place.pinned, cut ?? "all"].join(" ") : "none",
						];
					});
					return Object.fromEntries(found);
				}, scroll);
			});
		const top = {
			...{ flow: "flow false all", head: "flow true all", foot: "fixed true all" },
			...{ infoot: "fixed true all", tilted: "flow false all", held: "flow false all" },
			...{ row: "scroller false 200,100", far: "scroller false 200,100", out: "flow false all" },
			...{ ask: "dialog true all", yes: "dialog true all", later: "none", no: "none" },
			...{ pop: "dialog true all", item: "dialog true all", folded: "none", veiled: "none" },
			...{ glass: "flow false all", round: "flow false all", cut: "flow false 90,90" },
		};
		expect(await read(0)).toEqual(top);
		expect(await read(900)).toEqual({ ...top, head: "fixed true all" });
	});
});
