import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	createElementKey,
	type ElementCandidate,
	formatElementKey,
	type KeyNode,
	selectorOf,
} from "../../protocol/element-key.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";

const NOWHERE: ElementCandidate = ["path", "html > html:nth-of-type(1)"];

interface FakeNode extends KeyNode {
	parentElement: FakeNode | null;
	attributes: Record<string, string>;
	children: FakeNode[];
}

type Attributes = Record<string, string>;

function node(localName: string, attributes: Attributes = {}, children: FakeNode[] = []): FakeNode {
	const made: FakeNode = {
		...{ localName, attributes, children, parentElement: null },
		get previousElementSibling() {
			const siblings = made.parentElement?.children ?? [];
			return siblings[siblings.indexOf(made) - 1] ?? null;
		},
		...{
			firstElementChild: null,
			textContent: null,
			closest: () => null,
			querySelector: () => null,
		},
		closest: (selector) =>
			selector === "html" && rootOf(made).localName === "html" ? rootOf(made) : null,
		getAttribute: (name) => attributes[name] ?? null,
	};
	for (const child of children) child.parentElement = made;
	return made;
}

/** Bounded, since one test makes the way up a circle. */
function rootOf(start: FakeNode): FakeNode {
	let at = start;
	for (let depth = 0; depth < 1000 && at.parentElement; depth++) at = at.parentElement;
	return at;
}

function page(...children: FakeNode[]): FakeNode {
	return node("html", {}, [node("head"), node("body", {}, children)]);
}

function allOf(root: FakeNode): FakeNode[] {
	return [root, ...root.children.flatMap(allOf)];
}

/** Finds what `[name="value"]` finds; keys ask for nothing else. */
function findIn(root: FakeNode) {
	return (selector: string) => {
		const [, name = "", value = ""] = /^\[([\w-]+)="(.*)"\]$/s.exec(selector) ?? [];
		const plain = value.replace(/\\([^0-9a-f])/g, "$1");
		return allOf(root).filter((each) => each.attributes[name] === plain);
	};
}

/** The key of the one node that is marked with the attribute `this`. */
function keyIn(root: FakeNode): ElementCandidate[] {
	const found = allOf(root).find(({ attributes }) => "this" in attributes);
	if (found === undefined) throw new Error("no node is marked");
	return createElementKey(found, findIn(root));
}

describe("an element key", () => {
	test.each<[string, FakeNode, ElementCandidate[]]>([
		[
			"takes an id that is unique",
			page(node("button", { this: "", id: "buy" })),
			[
				["id", "buy"],
				["path", "html > body:nth-of-type(1) > button:nth-of-type(1)"],
			],
		],
		[
			"prefers what was made to be found",
			page(
				node("button", {
					this: "",
					name: "go",
					id: "buy",
					"data-testid": "t",
					"data-snag-name": "n",
				}),
			),
			[
				["test", "data-snag-name=n"],
				["test", "data-testid=t"],
				["id", "buy"],
				["name", "go"],
				["path", "html > body:nth-of-type(1) > button:nth-of-type(1)"],
			],
		],
		[
			"leaves out a name that two elements have",
			page(node("b", { id: "buy", name: "x" }), node("b", { this: "", id: "buy", name: "x" })),
			[["path", "html > body:nth-of-type(1) > b:nth-of-type(2)"]],
		],
		[
			"leaves out an empty name and one that is too long",
			page(node("b", { this: "", id: "", "data-testid": "x".repeat(121) })),
			[["path", "html > body:nth-of-type(1) > b:nth-of-type(1)"]],
		],
		[
			"leaves out ids that are made anew at each render",
			page(
				...[":r1:", "radix-12345", "1st", "a b", "ember1042"].map((id) => node("i", { id })),
				node("b", { this: "", id: ":r7:" }),
			),
			[["path", "html > body:nth-of-type(1) > b:nth-of-type(1)"]],
		],
		[
			"counts positions among elements of the same name only",
			page(node("a"), node("b"), node("a"), node("a", { this: "" })),
			[["path", "html > body:nth-of-type(1) > a:nth-of-type(3)"]],
		],
		[
			"starts its path at the nearest ancestor with a unique id or test id",
			page(node("main", { id: "main" }, [node("ul", {}, [node("li"), node("li", { this: "" })])])),
			[["path", '[id="main"] > ul:nth-of-type(1) > li:nth-of-type(2)']],
		],
		[
			"does not start its path at a form control's name",
			page(node("form", { name: "order" }, [node("b", { this: "" })])),
			[["path", "html > body:nth-of-type(1) > form:nth-of-type(1) > b:nth-of-type(1)"]],
		],
		[
			"escapes names that are no plain words",
			page(node("o:p", {}, [node("x.y", {}, [node('a"b', { this: "" })])])),
			[
				[
					"path",
					'html > body:nth-of-type(1) > o\\:p:nth-of-type(1) > x\\.y:nth-of-type(1) > a\\"b:nth-of-type(1)',
				],
			],
		],
		["of the document's root is its name", node("html", { this: "" }), [["path", "html"]]],
		[
			"leads nowhere outside the document, whatever the names",
			node("div", {}, [node("b", { this: "", id: "buy", "data-testid": "t" })]),
			[NOWHERE],
		],
		[
			"leads nowhere where one step does not fit",
			page(node("x".repeat(1200), { this: "" })),
			[NOWHERE],
		],
	])("%s", (_, root, want) => {
		const key = keyIn(root);
		expect(key).toEqual(want);
		expect(parseCandidates(JSON.parse(JSON.stringify(key)))).toEqual(want);
	});

	test("ends where a page makes the way up a circle", () => {
		const form = node("form");
		const input = node("input", { name: "parentElement" });
		form.parentElement = input;
		input.parentElement = form;
		expect(createElementKey(form, () => [])).toEqual([NOWHERE]);
		form.closest = () => form;
		expect(createElementKey(form, () => []).at(-1)?.[0]).toBe("path");
	});

	test("tells elements of two namespaces apart where they are known", () => {
		const [html, svg] = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"];
		const link = (namespaceURI: string, attributes: Attributes = {}) =>
			Object.defineProperty(node("a", attributes), "namespaceURI", { value: namespaceURI });
		const root = page(link(svg), link(html, { this: "" }), link(html));
		expect(keyIn(root)).toEqual([["path", "html > body:nth-of-type(1) > a:nth-of-type(1)"]]);
	});

	test("of 60 and of 400 levels keeps its last steps and fits", () => {
		for (const depth of [60, 400]) {
			let tree = node("b", { this: "" });
			for (let level = 0; level < depth; level++) tree = node("section", {}, [tree]);
			const key = keyIn(page(tree));
			expect(key[0]?.[1]).toMatch(/^html section:nth-of-type\(1\) > .* > b:nth-of-type\(1\)$/);
			expect(parseCandidates(key)).toEqual(key);
		}
	});

	test("fits although its ancestor's name is as long as names may be, and all of it is escaped", () => {
		const long = { "data-testid": '"'.repeat(120) };
		for (let depth = 0; depth < 50; depth++) {
			let tree = node("b", { this: "" });
			for (let level = 0; level < depth; level++) tree = node("section", {}, [tree]);
			const key = keyIn(page(node("main", long, [tree])));
			expect(parseCandidates(key), JSON.stringify(key)).toEqual(key);
		}
	});
});

describe("candidates over the wire", () => {
	const path = (text: string) => [["path", text]];

	test.each([
		[[["id", "buy"]]],
		[[["id", ""]]],
		[[["id", '"]{}*']]],
		[[["name", "a[b]"]]],
		[[["test", "data-cy=x"]]],
		[[["test", "data-testid="]]],
		[[["item", ".grid .card button.add@3"]]],
		[[["item", ".grid .card button.add@0=Jug = half a litre"]]],
		[[["item", "button@0=/goods/jug"]]],
		[path("html")],
		[path("html > body:nth-of-type(1)")],
		[path("html a:nth-of-type(1) > b:nth-of-type(2)")],
		[path('[id="main"] > b:nth-of-type(12)')],
		[path('[data-snag-name="say \\"hi\\" \\\\"]')],
		[path('[data-testid="two\\a lines"] > b:nth-of-type(1)')],
		[path("html > o\\:p:nth-of-type(1) > émotion-😍:nth-of-type(1)")],
	])("are taken as they are: %j", (candidates) => {
		expect(parseCandidates(candidates)).toEqual(candidates);
	});

	test("leave out kinds of a later recorder, unless there is no other", () => {
		expect(
			parseCandidates([
				["aria", "x"],
				["id", "buy"],
			]),
		).toEqual([["id", "buy"]]);
		expect(parseCandidates([["aria", "x"]])).toBeUndefined();
	});

	test.each<[unknown]>([
		[null],
		["id"],
		[{}],
		[[]],
		[[[]]],
		[[["id"]]],
		[[["id", 1]]],
		[[["id", "a", "b"]]],
		[[["id", "a"], null]],
		[[["id", "x".repeat(1201)]]],
		[Array.from({ length: 9 }, () => ["id", "a"])],
		[[["test", "buy"]]],
		[[["item", "button"]]],
		[[["item", "button@1="]]],
		[[["item", "button@1=a@2"]]],
		[[["item", "button@1=two\nlines"]]],
		[[["test", "data-testid"]]],
		[[["test", "onclick=x"]]],
		[[["test", "data-testidx=1"]]],
		...[
			...[
				"",
				" ",
				"*",
				"body",
				"html ",
				"html > ",
				"html >",
				">",
				"html, body",
				"html > *",
				"html *",
			],
			...["html body", "html > body", "html > body:first-child", "html > body:nth-of-type(n)"],
			...[
				"html > body:nth-of-type(-1)",
				"html > body:nth-of-type(1):hover",
				"html > a:hover:nth-of-type(1)",
			],
			...[
				"html > a:not(b):nth-of-type(1)",
				"html > a::before:nth-of-type(1)",
				"html > a.b:nth-of-type(1)",
			],
			...["html > a..b:nth-of-type(1)", "html > 1a:nth-of-type(1)", "html > -a:nth-of-type(1)"],
			...["html > a#b:nth-of-type(1)", "html > a[b]:nth-of-type(1)", "html > a\\:nth-of-type(1)"],
			...[
				"html > a:nth-of-type(1) b:nth-of-type(1)",
				"html > a:nth-of-type(1), *",
				"html{}",
				"html/**/",
			],
			...[
				"[id=a]",
				'[id="a]',
				'[id="a""]',
				'[id="a\\"]',
				'[id="a\nb"]',
				'[id="a"] [id="b"]',
				'[onclick="a"]',
			],
			...[
				'[-="a"]',
				'[id="a" i]',
				'[id^="a"]',
				":root",
				'[id="a"]:has(*)',
				"html > a\\\n:nth-of-type(1)",
			],
		].map((text): [unknown] => [path(text)]),
	])("are refused where a key has no such form: %j", (candidates) => {
		expect(parseCandidates(candidates)).toBeUndefined();
	});

	test("of any JSON are refused or taken, and nothing else happens", () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
				for (const candidate of parseCandidates(value) ?? []) selectorOf(candidate);
			}),
		);
	});

	test("are checked in a moment however they are written", () => {
		const texts = [
			"html > a".padEnd(1200, "a"),
			"html > ".padEnd(1200, "\\:"),
			'[id="'.padEnd(1200, "\\\\"),
			"html > a:nth-of-type(1)".repeat(50),
		];
		const started = performance.now();
		for (const text of texts) expect(parseCandidates(path(text))).toBeUndefined();
		expect(performance.now() - started).toBeLessThan(1000);
	});

	test("are named by the first of them", () => {
		expect(
			formatElementKey([
				["id", "buy"],
				["path", "html"],
			]),
		).toBe("id:buy");
		expect(formatElementKey([])).toBe("");
	});
});
