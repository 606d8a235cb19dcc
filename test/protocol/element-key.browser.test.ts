// Element keys over real documents: what a key says is true in the browser that it was taken in.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import fc from "fast-check";
import type { Page } from "puppeteer-core";
import { beforeAll, expect, test } from "vitest";
import type * as ElementKey from "../../protocol/element-key.ts";
import { type ElementCandidate, selectorOf } from "../../protocol/element-key.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import { describeWithBrowser } from "../support/suites.ts";

declare const elementKey: typeof ElementKey;

interface Tree {
	/** "" for HTML as a parser makes it, else a namespace. */
	namespace: string;
	tag: string;
	attributes: Record<string, string>;
	text?: string;
	children: Tree[];
}

interface Taken {
	tag: string;
	key: ElementCandidate[];
	/** Per candidate: how many elements it finds, and is the element among them? */
	found: [count: number, itself: boolean][];
}

const XHTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";

const PLAIN_TAGS = ["div", "span", "a", "section", "li", "my-element", "h1"];
const ODD_TAGS = [
	...[
		"o:p",
		"a.b",
		"x$y",
		"a@b",
		"p,q",
		"emotion-😍",
		"foo'bar",
		'a"b',
		"a\\b",
		"a[b]",
		"x(y)",
		"a#b",
	],
	...[
		"a:hover",
		"a::before",
		"a+b",
		"a~b",
		"a*",
		"a-",
		"a--b",
		"a{b}",
		"xé",
		"a\u00a0b",
		"x".repeat(1200),
	],
];
const SVG_TAGS = ["svg", "g", "a", "linearGradient", "title", "_x", "x:y"];
const VALUES = [
	...[
		"buy",
		"cart",
		"a[b]",
		"",
		'say "hi"',
		"back\\slash",
		"line\nbreak",
		"line break",
		"a\rb",
		"a\fb",
	],
	...["ünï😍", "a]b", "a'b", "\\", "\\a ", "a\0b", "a\ufffdb", '"'.repeat(120), "\n".repeat(120)],
	...["x".repeat(121), "<b>", "radix-12345"],
];
const KINDS = ["test", "id", "name", "label", "link", "text", "class", "item", "path"];
const NAMES = ["id", "name", "data-testid", "data-snag-name", "data-cy"];
const HINTS: Record<string, readonly string[]> = {
	class: ["card", "card hXyZqk", "Home_main__nLjiQ", "_title_1ab2c_8", "is-active", "md:flex a\\b"],
	href: [
		"/cart",
		"/cart?x=1",
		"//other.example/a",
		"#top",
		"javascript:void 0",
		"/p/42",
		"/a b",
		"x\fy",
	],
	"aria-label": ["Search", "Page 2", "a  b", 'say "hi"', "1234567", "ada@example.com"],
	role: ["button"],
	contenteditable: ["", "false"],
	"data-snag-mask": [""],
};

const { tree: anyTree } = fc.letrec<{ tree: Tree }>((tie) => ({
	tree: fc
		.record({
			namespace: fc.constant(""),
			tag: fc.string(),
			attributes: fc
				.tuple(
					fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES), {
						maxKeys: 2,
						noNullPrototype: true,
					}),
					fc
						.constantFrom(...Object.keys(HINTS))
						.chain((name) => fc.record({ [name]: fc.constantFrom(...(HINTS[name] ?? [])) })),
				)
				.map((both): Record<string, string> => Object.assign({}, ...both)),
			text: fc.constantFrom(
				"",
				"",
				"Buy",
				"Add 3",
				"  two\n words ",
				"ada@example.com",
				"x".repeat(50),
			),
			children: fc.oneof(
				{ maxDepth: 5, depthIdentifier: "tree" },
				fc.constant<Tree[]>([]),
				fc.array(tie("tree"), { maxLength: 4, depthIdentifier: "tree" }),
			),
		})
		.chain((node) =>
			fc
				.oneof(
					{
						weight: 4,
						arbitrary: fc.record({
							namespace: fc.constant(""),
							tag: fc.constantFrom(...PLAIN_TAGS),
						}),
					},
					{
						weight: 2,
						arbitrary: fc.record({ namespace: fc.constant(""), tag: fc.constantFrom(...ODD_TAGS) }),
					},
					{
						weight: 1,
						arbitrary: fc.record({
							namespace: fc.constant(SVG),
							tag: fc.constantFrom(...SVG_TAGS),
						}),
					},
					{
						weight: 1,
						arbitrary: fc.record({
							namespace: fc.constant(XHTML),
							tag: fc.constantFrom("DIV", "div", "a"),
						}),
					},
				)
				.map((kind) => ({ ...node, ...kind })),
		),
}));

describeWithBrowser("an element key in a real document", (browser) => {
	let script = "";
	beforeAll(async () => {
		const entry = fileURLToPath(new URL("../../protocol/element-key.ts", import.meta.url));
		const built = await build({
			...{ entryPoints: [entry], bundle: true, write: false, format: "iife" },
			globalName: "elementKey",
		});
		script = built.outputFiles[0]?.text ?? "";
	});

	async function withKeys<T>(body: (page: Page) => Promise<T>): Promise<T> {
		return browser().withPage(async ({ page }) => {
			await page.setContent(
				'<!doctype html><title>keys</title><base href="https://shop.example/"><body>',
			);
			await page.evaluate(`${script}; globalThis.elementKey = elementKey;`);
			return body(page);
		});
	}

	test("names its own element and no other, in any tree", async () => {
		let named = 0;
		let resolved = 0;
		const kinds = new Set<string>();
		let told = 0;
		await withKeys((page) =>
			fc.assert(
				fc.asyncProperty(fc.array(anyTree, { minLength: 1, maxLength: 5 }), async (trees) => {
					for (const { tag, key, found } of await page.evaluate(takeKeys, trees)) {
						const text = `${tag}: ${JSON.stringify(key)} finds ${JSON.stringify(found)}`;
						expect(parseCandidates(key), text).toEqual(key);
						expect(key.at(-1)?.[0], text).toBe("path");
						for (const [index, [kind, value]] of key.entries()) {
							const [count, itself] = found[index] ?? [0, false];
							// A name is given only where it is unique; a path may find nothing or too much.
							if (kind !== "path") expect([count, itself], text).toEqual([1, true]);
							if (count === 1) expect(itself, text).toBe(true);
							kinds.add(kind);
							if (kind === "item" && /@\d+=/.test(value)) told++;
							if (kind !== "path") named++;
							else if (count === 1) resolved++;
						}
					}
				}),
				{ numRuns: 150 },
			),
		);
		expect([...kinds].sort()).toEqual([...KINDS].sort());
		expect(named).toBeGreaterThan(100);
		expect(told, "items told by what they say").toBeGreaterThan(0);
		expect(resolved).toBeGreaterThan(500);
	});

	test("finds every element of a page without odd names, down to its 40th level", async () => {
		let deepest: Tree = { namespace: "", tag: "b", attributes: {}, children: [] };
		for (let level = 0; level < 40; level++) {
			const tag = PLAIN_TAGS[level % PLAIN_TAGS.length] ?? "div";
			deepest = { namespace: "", tag, attributes: {}, children: [deepest] };
		}
		const button = (id: string): Tree => ({
			namespace: "",
			tag: "button",
			attributes: { id },
			children: [],
		});
		const svg: Tree = {
			...{ namespace: SVG, tag: "svg", attributes: {} },
			children: [{ namespace: SVG, tag: "linearGradient", attributes: {}, children: [] }],
		};
		const taken = await withKeys((page) =>
			page.evaluate(takeKeys, [deepest, button("buy"), button("sell"), svg]),
		);
		expect(taken).toHaveLength(45);
		for (const { key, found } of taken) {
			expect(found, JSON.stringify(key)).toEqual(key.map(() => [1, true]));
		}
	});

	test("in a shadow tree does not name an element of the document", async () => {
		const key = await withKeys((page) =>
			page.evaluate(() => {
				document.body.innerHTML = '<div id="buy"></div><div class="host"></div>';
				const root = document.querySelector(".host")?.attachShadow({ mode: "open" });
				if (!root) throw new Error("no host");
				root.innerHTML = '<div><b id="buy"></b></div>';
				const findAll = (selector: string) => document.querySelectorAll(selector);
				const inside = root.querySelector("b");
				return inside ? elementKey.createElementKey(inside, findAll) : [];
			}),
		);
		expect(key).toEqual([["path", "html > html:nth-of-type(1)"]]);
	});

	test("that came over the wire never makes a selector that a browser refuses", async () => {
		const piece = fc.constantFrom(
			...[
				"html",
				" > ",
				" ",
				"div",
				"a:hover",
				"a\\:b",
				":nth-of-type(1)",
				":nth-of-type(99999999999)",
				'[id="',
				'"]',
				"\\",
			],
			...[
				"[data-testid=",
				'"',
				"'",
				"*",
				",",
				"::before",
				":not(",
				")",
				"\n",
				"\u0000",
				"xé",
				"😍",
				"1",
				"-",
				"_",
				"\\\u0001",
				"\\ff",
				"]",
				"|",
			],
		);
		const anyText = fc.oneof(
			fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
			fc
				.array(piece, { maxLength: 4 })
				.map((pieces) => `html > a${pieces.join("")}:nth-of-type(1)`),
			fc
				.array(piece, { maxLength: 4 })
				.map((pieces) => `html > \\${pieces.join("")}:nth-of-type(1)`),
			fc
				.array(piece, { maxLength: 4 })
				.map((pieces) => `[id="${pieces.join("")}"] > a:nth-of-type(1)`),
			fc.string({ unit: "binary", maxLength: 20 }),
		);
		const anyCandidate = fc.tuple(
			fc.constantFrom(...KINDS),
			fc.oneof(
				anyText,
				anyText.map((text) => `data-testid=${text}`),
				anyText.map((text) => `button=${text}`),
				anyText.map((text) => `/cart/${text}`),
				anyText.map((text) => `main button[aria-label="${text}"]`),
				anyText.map((text) => `.card${text} button.buy@1`),
				anyText.map((text) => `.card button.buy@1=${text}`),
				anyText.map((text) => `[id="a"] .card [class*="x${text}"] button`),
			),
		);
		let taken = 0;
		await withKeys((page) =>
			fc.assert(
				fc.asyncProperty(
					fc.array(anyCandidate, { minLength: 200, maxLength: 200 }),
					async (all) => {
						const selectors = all.flatMap((one) => (parseCandidates([one]) ?? []).map(selectorOf));
						taken += selectors.length;
						expect(await page.evaluate(findRefused, selectors)).toEqual([]);
					},
				),
				{ numRuns: 40 },
			),
		);
		expect(taken).toBeGreaterThan(2000);
	});
});

/** Runs in the page: builds the trees and takes the key of every element in them. */
function takeKeys(trees: Tree[]): Taken[] {
	const build = ({ namespace, tag, attributes, text = "", children }: Tree): Element => {
		const template = document.createElement("template");
		if (namespace === "") template.innerHTML = `<${tag}>`;
		const element =
			namespace === ""
				? template.content.firstElementChild
				: document.createElementNS(namespace, tag);
		if (!element) throw new Error(`no element for ${tag}`);
		for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
		element.append(text, ...children.map(build));
		return element;
	};
	const findAll = (selector: string) => document.querySelectorAll(selector);
	document.body.replaceChildren(...trees.map(build));
	return [...document.body.querySelectorAll("*")].map((element) => {
		const key = elementKey.createElementKey(element, findAll);
		const found = key.map((candidate): [number, boolean] => {
			const all = Array.from(elementKey.findCandidate(candidate, findAll));
			return [all.length, all.includes(element)];
		});
		return { tag: element.localName, key, found };
	});
}

/** Runs in the page. */
function findRefused(selectors: string[]): string[] {
	return selectors.filter((selector) => {
		try {
			document.querySelectorAll(selector);
			return false;
		} catch {
			return true;
		}
	});
}
