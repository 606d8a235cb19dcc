// What is left of keys after a deploy: pages of several makes, their keys taken, the pages changed as deploys
// change them, and every key looked up again. An attribute that no key reads says which element is which.
// Asked is what people press, and headings; of any other element fewer must hold. Parts of list items are told
// by what their item says, since a position is another item's once the list has another order.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Page } from "puppeteer-core";
import { expect, test } from "vitest";
import type * as ElementKey from "../../protocol/element-key.ts";
import { describeWithBrowser } from "../support/suites.ts";

declare const elementKey: typeof ElementKey;

const card = (name: string, at: number) =>
	`<article class="card sc-bdnzMm"><img class="card-media" alt=""><h3 class="card-title kAGNlw"><a href="/product/${name.toLowerCase()}">${name}</a></h3><p class="price">€ ${at + 12}.00</p><button class="btn buy css-1a2b3c">Add ${name}</button></article>`;
const cards = ["Lamp", "Chair", "Table", "Vase"].map(card).join("");
/** Layout → its body. `HASH` stands for what a build makes anew. */
const LAYOUTS: Readonly<Record<string, string>> = {
	shop: `<header class="site-header"><a class="logo" href="/">Shop</a><nav><a href="/new">New</a><a href="/sale">Sale</a></nav><button aria-label="Search"></button><a class="cart-link" href="/cart">Cart (2)</a></header><main class="grid">${cards}</main>`,
	"css modules": `<div class="Home_page__HASHa"><section class="Home_hero__HASHb"><h1 class="Home_title__HASHc">Welcome</h1><button class="Home_cta__HASHd">Begin</button></section><aside class="Home_side__HASHe"><a class="Home_link__HASHf" href="/help">Help</a><span class="Home_badge__HASHg"></span></aside></div>`,
	"css in js": `<div class="css-HASH MuiBox-root"><div class="css-HASH MuiToolbar-root"><button class="css-HASH MuiIconButton-root" aria-label="Menu"></button><h2 class="css-HASH MuiTypography-h6">Desk</h2><button class="css-HASH MuiButton-root">Login</button></div><div class="css-HASH MuiCard-root"><p class="css-HASH MuiTypography-body1">Text</p></div></div>`,
	form: `<form class="login"><label for="mail">E-mail</label><input id="mail" name="email"><label>Secret <input name="secret" type="password"></label><label for=":r3:">City</label><input id=":r3:"><input type="checkbox" aria-label="Stay"><button class="btn btn-primary">Sign in</button><a href="/forgot">Forgot?</a></form>`,
	table: `<main><table class="orders"><thead><tr><th class="col-date">Date</th><th class="col-sum">Sum</th></tr></thead><tbody><tr data-testid="order-a"><td class="date">May</td><td><button>Open A</button></td></tr><tr data-testid="order-b"><td class="date">June</td><td><button>Open B</button></td></tr></tbody></table></main>`,
	utilities: `<div class="flex min-h-screen"><aside class="w-64 bg-gray-100"><a class="block px-4" href="/board">Board</a><a class="block px-4" href="/team">Team</a></aside><div class="flex-1 p-6"><h1 class="text-2xl">Board</h1><button class="rounded bg-blue-600">New card</button></div></div>`,
	scoped: `<div class="app svelte-HASH"><header class="bar svelte-HASH"><button class="menu svelte-HASH">☰</button><button class="help svelte-HASH">Help</button></header><section class="player svelte-HASH"><button class="play svelte-HASH" aria-label="Play"></button><input class="seek svelte-HASH" type="range"></section></div>`,
	article: `<article class="post"><h1>On lamps</h1><p class="lead">A word.</p><figure class="figure"><img class="photo" alt=""><figcaption>Photo</figcaption></figure><a class="next" href="/post/42">Next</a></article><footer class="site-footer"><a href="/imprint">Imprint</a><a href="https://other.example/us">Elsewhere</a></footer>`,
};
const MUTATIONS = ["nothing", "hashes", "wrapper", "order", "insertion"] as const;

interface Outcome {
	right: number;
	wrong: number;
	gone: number;
}

describeWithBrowser("after a deploy", (browser) => {
	test("at least 95 of 100 keys of what is pressed find it again in eight layouts, and hardly any something else", async () => {
		const entry = fileURLToPath(new URL("../../protocol/element-key.ts", import.meta.url));
		const built = await build({
			...{ entryPoints: [entry], bundle: true, write: false, format: "iife" },
			globalName: "elementKey",
		});
		await browser().withPage(async ({ page }) => {
			await page.setContent(
				'<!doctype html><title>keys</title><base href="https://shop.example/"><body>',
			);
			await page.evaluate(
				`${built.outputFiles[0]?.text ?? ""}; globalThis.elementKey = elementKey;`,
			);
			for (const mutation of MUTATIONS) {
				const pressed = await addUp(page, mutation, "a,button,input,label,h1,h2,h3");
				const any = await addUp(page, mutation, "*");
				console.log(`${mutation}: what is pressed ${say(pressed)}; any element ${say(any)}`);
				const keys = pressed.right + pressed.wrong + pressed.gone;
				expect(keys, mutation).toBeGreaterThan(30);
				expect(pressed.right / keys, mutation).toBeGreaterThanOrEqual(0.95);
				expect(pressed.wrong / keys, mutation).toBeLessThanOrEqual(0.02);
				expect(any.wrong / (any.right + any.wrong + any.gone), mutation).toBeLessThan(0.05);
			}
		});
	});
});

async function addUp(page: Page, mutation: string, asked: string): Promise<Outcome> {
	const sum: Outcome = { right: 0, wrong: 0, gone: 0 };
	for (const body of Object.values(LAYOUTS)) {
		const outcome = await page.evaluate(deploy, body, mutation, asked);
		for (const name of ["right", "wrong", "gone"] as const) sum[name] += outcome[name];
	}
	return sum;
}

function say({ right, wrong, gone }: Outcome): string {
	return `${right} of ${right + wrong + gone} right, ${wrong} wrong, ${gone} gone`;
}

/** Runs in the page: takes the key of every element, changes the page, and looks each key up. */
function deploy(body: string, mutation: string, asked: string): Outcome {
	const findAll = (selector: string) => document.querySelectorAll(selector);
	document.body.innerHTML = body.replaceAll("HASH", "x9Kf");
	const taken = [...document.body.querySelectorAll("*")].map((element, at) => {
		element.setAttribute("x-truth", String(at));
		return element.matches(asked) ? elementKey.createElementKey(element, findAll) : [];
	});
	for (const element of document.body.querySelectorAll("[class]")) {
		if (mutation !== "hashes") break;
		const names = (element.getAttribute("class") ?? "")
			.replaceAll("x9Kf", "Qz3v")
			.replace("css-1a2b3c", "css-9z8y7x")
			.replace("kAGNlw", "hXyZqk")
			.replace("sc-bdnzMm", "sc-gtsusp");
		element.setAttribute("class", names);
	}
	for (const element of document.body.querySelectorAll("main, section, article, aside, form > *")) {
		const wrapper = document.createElement("div");
		wrapper.className = "wrapper";
		if (mutation === "wrapper") element.replaceWith(wrapper);
		if (mutation === "wrapper") wrapper.append(element);
	}
	for (const element of document.body.querySelectorAll(
		"main, nav, header, tbody, section, aside",
	)) {
		if (mutation === "order") element.append(...[...element.children].reverse());
		if (mutation === "insertion") element.prepend(document.createElement("div"));
	}
	const outcome = { right: 0, wrong: 0, gone: 0 };
	for (const [at, key] of taken.entries()) {
		if (key.length === 0) continue;
		const found = key
			.map((candidate) => elementKey.findCandidate(candidate, findAll))
			.find(({ length }) => length === 1);
		const truth = found?.[0]?.getAttribute("x-truth");
		outcome[truth === String(at) ? "right" : found ? "wrong" : "gone"]++;
	}
	return outcome;
}
