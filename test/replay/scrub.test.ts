import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RawEvent, scrubCss, scrubEvents } from "../../replay/scrub.ts";
import {
	type Attributes,
	element,
	hostileCases,
	START,
	snapshotWith,
	text,
} from "./hostile-events.ts";
import { FONT, ordinaryHead, ordinaryNodes, PIXEL, SHEET, VECTOR } from "./ordinary-page.ts";

const EVIL = "http://evil.example";
const URLS = new Set([
	"href",
	"src",
	"action",
	"formaction",
	"poster",
	"data",
	"background",
	"srcset",
	"imagesrcset",
]);
const FORBIDDEN = /^(?:on.*|srcdoc|http-equiv|sandbox|allow|ping|attributionsrc)$/i;
const RUNNABLE = /^(?:script|object|embed|applet|portal|base|fencedframe|handler)$/i;

/**
 * Read as CSS, or as nothing without an `attributeName`, a `http-equiv` or a `rel` of a link, none of
 * which is left.
 */
const INERT_TEXT = /\.attributes\.(?:style|_cssText|fill|to|from|by|values|content|rel)$/;
const LOADS =
	/(?<![\w-])url\((?!["']{0,2}\)|["']?(?:data:(?:image|font)\/|#))|image-set\((?:var\(|["'](?!data:|["']))/i;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** What in these events could run or load, judged without the scrubber's own means. */
function findHarm(value: unknown, path = "events", tag = ""): string[] {
	if (typeof value === "string") return findHarmInText(value, path, tag);
	if (Array.isArray(value))
		return value.flatMap((item, index) => findHarm(item, `${path}.${index}`, tag));
	if (!isFields(value)) return [];
	const harm: string[] = [];
	const own = typeof value.tagName === "string" ? value.tagName : tag;
	if (typeof value.tagName === "string" && RUNNABLE.test(value.tagName.replace(/^.*:/, ""))) {
		harm.push(`${path} is a ${value.tagName}`);
	}
	if (own === "noscript" && Array.isArray(value.childNodes) && value.childNodes.length > 0) {
		harm.push(`${path} is a noscript with content`);
	}
	if (isFields(value.attributes)) harm.push(...findHarmInAttributes(value.attributes, path, own));
	for (const [name, field] of Object.entries(value)) {
		harm.push(...findHarm(field, `${path}.${name}`, name === "childNodes" ? "" : own));
	}
	return harm;
}

function findHarmInAttributes(attributes: Fields, path: string, tag: string): string[] {
	return Object.entries(attributes).flatMap(([name, value]) => {
		const where = `${path}[${name}]`;
		// A removal.
		if (value === null) return [];
		if (FORBIDDEN.test(name)) return [`${where} is left`];
		if (name === "attributeName" && /href/i.test(String(value))) return [`${where} is ${value}`];
		if (typeof value === "object" && value !== null && !(name === "style" && isFields(value))) {
			return [`${where} is an object`];
		}
		const isLink = tag === "a" || tag === "area";
		if (!URLS.has(name.toLowerCase()) || typeof value !== "string" || isLink) return [];
		return value === "" || /^(?:data:(?:image|font)\/|#)/.test(value)
			? []
			: [`${where} is ${value}`];
	});
}

function findHarmInText(value: string, path: string, tag: string): string[] {
	// As a browser reads it: escapes as characters, no line breaks, strings only where they are URLs.
	const plain = value
		.replace(
			/(url\(\s*|image-set\()?("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')/gi,
			(all, loads) => (loads === undefined ? '""' : all),
		)
		.replace(/\\([0-9a-f]{1,6})\s?/gi, (_, hex: string) =>
			String.fromCodePoint(Number.parseInt(hex, 16) % 0x10ffff),
		)
		.replace(/\\(.)/g, "$1")
		.replace(/[\p{Cc}\s]/gu, "");
	const harm: string[] = [];
	const isAttribute = /attributes/.test(path) && !INERT_TEXT.test(path);
	if (isAttribute && /^(?:javascript|vbscript):/i.test(plain)) harm.push(`${path} runs`);
	if (/@import/i.test(plain)) harm.push(`${path} imports`);
	if (LOADS.test(plain)) harm.push(`${path} loads ${value}`);
	const isLink = tag === "a" && path.endsWith("attributes.href");
	if (isAttribute && !isLink && plain.includes(EVIL)) harm.push(`${path} names ${value}`);
	return harm;
}

function scrubNodes(...nodes: unknown[]): Fields[] {
	const { events } = scrubEvents(snapshotWith(nodes));
	const found: Fields[] = [];
	const walk = (value: unknown): void => {
		if (Array.isArray(value)) value.forEach(walk);
		if (!isFields(value)) return;
		if (value.tagName === "body" && Array.isArray(value.childNodes))
			found.push(...value.childNodes.slice(-nodes.length));
		Object.values(value).forEach(walk);
	};
	walk(events);
	return found;
}

/** Attributes of one element after scrubbing. */
const attributesOf = (tag: string, attributes: Attributes) =>
	scrubNodes(element(tag, attributes))[0]?.attributes;
const changeOf = (attributes: Attributes) => {
	const data = {
		source: 0,
		adds: [],
		removes: [],
		texts: [],
		attributes: [{ id: 12, attributes }],
	};
	scrubEvents([{ type: 3, timestamp: START, data }]);
	return attributes;
};

describe("scrubbed events", () => {
	const cases = hostileCases(EVIL);

	test.each(
		cases
			.filter(({ leftToPolicy }) => !leftToPolicy)
			.map(({ name, events }) => [name, events] as const),
	)("hold nothing that runs or loads: %s", (_, events) => {
		expect(findHarm(scrubEvents(structuredClone(events)).events)).toEqual([]);
	});

	test("would be found to hold harm where they were not scrubbed", () => {
		const reaching = cases.filter(({ reaches, leftToPolicy }) => reaches && !leftToPolicy);
		const missed = reaching.filter(({ events }) => findHarm(events).length === 0);
		// What is only harmful where it stands, or together; the browser's test sees these.
		expect(missed.map(({ name }) => name)).toEqual([
			"a frame's document by value in a change",
			"a sheet with an import behind a comment",
			"a sheet with a set of pictures with parentheses",
			"a sheet in two texts",
			"a sheet in two parts",
			"a sheet with a text behind its parts",
		]);
	});

	test("are the same when they are scrubbed again", () => {
		for (const { name, events } of cases) {
			const once = scrubEvents(structuredClone(events));
			const again = scrubEvents(structuredClone(once.events));
			expect(again, name).toEqual({ events: once.events, dropped: 0 });
		}
	});

	test("of an ordinary page are unchanged", () => {
		const events = [...snapshotWith(ordinaryNodes(), ordinaryHead()), ...ordinaryIncrements()];
		const before = structuredClone(events);
		const { events: after, dropped } = scrubEvents(events);
		expect(dropped).toBe(0);
		expect(after).toEqual(before.map(withoutRel));
	});

	test("are what can be played of anything, and every other is counted", () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue({ maxDepth: 5 }), { maxLength: 5 }), (values) => {
				const { events, dropped } = scrubEvents(structuredClone(values));
				expect(events.length + dropped).toBe(values.length);
			}),
		);
	});

	test("of any shape that is nearly right are scrubbed without an error, and hold nothing", () => {
		const anything = fc.oneof(
			fc.jsonValue({ maxDepth: 2 }),
			fc.constantFrom<unknown>(
				`${EVIL}/x`,
				`url(${EVIL})`,
				`@import "${EVIL}"`,
				`javascript:x("${EVIL}")`,
				[`${EVIL}/y`],
				{ toString: 1 },
			),
		);
		const { node: anyNode } = fc.letrec((tie) => ({
			node: fc.record(
				{
					type: fc.oneof(fc.integer({ min: 0, max: 6 }), anything),
					id: fc.nat({ max: 30 }),
					tagName: fc.oneof(
						fc.constantFrom(
							"script",
							"style",
							"link",
							"iframe",
							"img",
							"SCRIPT",
							"svg:script",
							"meta",
							"p",
							"object",
						),
						anything,
					),
					attributes: fc.oneof(
						fc.dictionary(
							fc.constantFrom(
								"src",
								"href",
								"style",
								"onload",
								"_cssText",
								"rel",
								"http-equiv",
								"SRCDOC",
								"rr_dataURL",
								"fill",
							),
							anything,
						),
						anything,
					),
					childNodes: fc.oneof(
						{ maxDepth: 3, depthIdentifier: "node" },
						anything,
						fc.array(tie("node"), { maxLength: 3, depthIdentifier: "node" }),
					),
					textContent: anything,
					isSVG: fc.boolean(),
				},
				{ requiredKeys: ["type"], noNullPrototype: true },
			),
		}));
		const list = (value: fc.Arbitrary<unknown>) =>
			fc.oneof(fc.array(value, { maxLength: 2 }), anything);
		const increment = fc.record(
			{
				source: fc.integer({ min: -1, max: 17 }),
				adds: list(
					fc.oneof(fc.record({ parentId: fc.nat(), node: anyNode }), fc.record({ rule: anything })),
				),
				texts: list(fc.record({ id: fc.nat(), value: anything })),
				attributes: list(fc.record({ id: fc.nat(), attributes: anything })),
				styles: list(fc.record({ rules: list(fc.record({ rule: anything })) })),
				styleIds: list(fc.nat()),
				set: fc.oneof(fc.record({ value: anything }), anything),
				replace: anything,
				positions: list(fc.record({ x: fc.nat() })),
				index: anything,
				type: anything,
				family: anything,
				fontSource: anything,
			},
			{ requiredKeys: ["source"], noNullPrototype: true },
		);
		const event = fc.oneof(
			fc.record({ type: fc.constant(3), timestamp: fc.constant(START), data: increment }),
			fc.record({
				type: fc.constant(2),
				timestamp: fc.constant(START),
				data: fc.record({
					node: fc.record({
						type: fc.constant(0),
						childNodes: fc.tuple(fc.constant(element("html")), anyNode),
					}),
				}),
			}),
		);
		let scrubbed = 0;
		fc.assert(
			fc.property(fc.array(event, { maxLength: 4 }), (values) => {
				const { events, dropped } = scrubEvents(structuredClone(values));
				expect(events.length + dropped).toBe(values.length);
				for (const { type, data } of events) {
					expect(findHarm(readBy(type, data as Fields))).toEqual([]);
					if (findHarm(values).length > 0) scrubbed++;
				}
			}),
			{ numRuns: 500 },
		);
		expect(scrubbed).toBeGreaterThan(50);
	});

	test("of a tree 100 000 levels deep end at the depth where browsers stop", () => {
		const depth = 100_000;
		const open = '{"type":2,"id":9,"tagName":"div","attributes":{"onclick":"x"},"childNodes":[';
		const json = `[{"type":2,"timestamp":1,"data":{"node":{"type":0,"id":1,"childNodes":[{"type":2,"tagName":"html","childNodes":[${open.repeat(depth)}${"]}".repeat(depth)}]}]}}}]`;
		const { events } = scrubEvents(JSON.parse(json));
		let levels = 0;
		let node = (events[0]?.data as Fields | undefined)?.node as Fields | undefined;
		while (node !== undefined) {
			levels++;
			expect(node.attributes ?? {}).toEqual({});
			node = (node.childNodes as Fields[] | undefined)?.[0];
		}
		expect(levels).toBe(512);
		expect(() => JSON.stringify(events)).not.toThrow();
	});

	test.each([null, undefined, 1, "events", {}, { length: 1 }])(
		"of %j, which is no list, are none",
		(value) => {
			expect(scrubEvents(value)).toEqual({ events: [], dropped: 1 });
		},
	);

	test.each<[string, unknown, boolean]>([
		["a time of nothing", { type: 0, timestamp: null, data: {} }, false],
		["a time that is no number", { type: 0, timestamp: Number.NaN, data: {} }, false],
		["a time without end", { type: 0, timestamp: Number.POSITIVE_INFINITY, data: {} }, false],
		["a time that no date can be", { type: 0, timestamp: 8.7e15, data: {} }, false],
		["a time of zero", { type: 0, timestamp: 0, data: {} }, false],
		["a time as text", { type: 0, timestamp: "1795000000000", data: {} }, false],
		["a time with a fraction", { type: 0, timestamp: START + 0.5, data: {} }, true],
		["no data, where none is needed", { type: 1, timestamp: START }, true],
		["a kind as text", { type: "0", timestamp: START, data: {} }, false],
		["an unknown kind", { type: 7, timestamp: START, data: {} }, false],
		[
			"words for a plugin",
			{ type: 6, timestamp: START, data: { plugin: "x", payload: {} } },
			false,
		],
		["a custom event", { type: 5, timestamp: START, data: { tag: "x", payload: { y: 1 } } }, true],
		["a custom event of nothing", { type: 5, timestamp: START, data: null }, false],
		["Meta without a size", { type: 4, timestamp: START, data: { href: "" } }, false],
		[
			"a snapshot without a document",
			{ type: 2, timestamp: START, data: { node: element("html") } },
			false,
		],
		[
			"a snapshot without a root",
			{ type: 2, timestamp: START, data: { node: { type: 0, childNodes: [] } } },
			false,
		],
		["what was painted", { type: 3, timestamp: START, data: { source: 9, id: 1 } }, false],
		[
			"a click by its name",
			{ type: 3, timestamp: START, data: { source: 2, type: "2", id: 1 } },
			false,
		],
		[
			"a click",
			{ type: 3, timestamp: START, data: { source: 2, type: 2, id: 1, x: 1, y: 1 } },
			true,
		],
		["a move to nowhere", { type: 3, timestamp: START, data: { source: 1, positions: [] } }, false],
	])("keep or drop an event with %s", (_, event, want) => {
		expect(scrubEvents([event]).events).toHaveLength(want ? 1 : 0);
		expect(scrubEvents([event]).dropped).toBe(want ? 0 : 1);
	});

	test.each([
		["https://shop.example/a?b#c", "https://shop.example/a?b#c"],
		[" http://shop.example ", "http://shop.example"],
		["javascript:alert(1)", ""],
		["java\nscript:alert(1)", ""],
		["/relative", ""],
		["about:blank", ""],
		[["https://shop.example"], ""],
		[undefined, ""],
	])("say in Meta where on the web the page was: %j", (href, want) => {
		const event: RawEvent = { type: 4, timestamp: START, data: { href, width: 1, height: 1 } };
		scrubEvents([event]);
		expect((event.data as Fields).href).toBe(want);
	});
});

describe("a scrubbed attribute", () => {
	test.each<[string, Attributes, Attributes]>([
		["a", { href: "https://shop.example/a?b#c" }, { href: "https://shop.example/a?b#c" }],
		["a", { href: "../a b" }, { href: "../a b" }],
		["a", { href: "//shop.example/a" }, { href: "//shop.example/a" }],
		["a", { href: "/a:b" }, { href: "/a:b" }],
		["a", { href: "mailto:a@b.example" }, { href: "mailto:a@b.example" }],
		["a", { href: " \u0001javascript:alert(1)" }, { href: "" }],
		["a", { href: "data:text/html,x" }, { href: "" }],
		["a", { href: "blob:https://shop.example/1" }, { href: "" }],
		["a", { href: "file:///etc/passwd" }, { href: "" }],
		[
			"a",
			{ href: "https://shop.example/", rel: "noopener", ping: "https://shop.example" },
			{ href: "https://shop.example/", rel: "noopener" },
		],
		["area", { href: "https://shop.example/" }, { href: "https://shop.example/" }],
		[
			"link",
			{ href: "https://shop.example/", rel: "stylesheet", as: "style" },
			{ href: "", as: "style" },
		],
		["img", { src: "https://shop.example/a.png", alt: "a" }, { src: "", alt: "a" }],
		["img", { src: PIXEL }, { src: PIXEL }],
		["img", { src: VECTOR }, { src: VECTOR }],
		["img", { src: "#x", srcset: "a 1x" }, { src: "", srcset: "" }],
		["img", { src: 5, alt: 5 }, { src: "", alt: 5 }],
		["img", { src: true, srcset: true }, { src: "", srcset: "" }],
		["img", { src: null }, { src: null }],
		[
			"video",
			{ poster: VECTOR, src: "data:video/mp4,x", rr_mediaState: "played" },
			{ poster: "", src: "", rr_mediaState: "played" },
		],
		["iframe", { src: "https://shop.example/", name: "x", width: "5" }, { name: "x", width: "5" }],
		["image", { href: VECTOR }, { href: VECTOR }],
		["use", { href: "#cart", "xlink:href": "#cart" }, { href: "#cart", "xlink:href": "#cart" }],
		["use", { href: "icons.svg#cart" }, { href: "" }],
		["canvas", { rr_dataURL: PIXEL }, { rr_dataURL: PIXEL }],
		["canvas", { rr_dataURL: "https://shop.example/a.png" }, { rr_dataURL: "" }],
		["form", { action: "/search", method: "get" }, { action: "", method: "get" }],
		[
			"rect",
			{ fill: "url(#g)", stroke: "url(https://a.example#g)" },
			{ fill: "url(#g)", stroke: "url()" },
		],
		["set", { attributeName: "xlink:HREF", to: "x" }, { to: "x" }],
		["p", { onclick: "x", OnLoad: "x", online: "x", title: "onclick" }, { title: "onclick" }],
		[
			"p",
			{ "data-src": "https://shop.example/", "aria-label": "url(x)" },
			{ "data-src": "https://shop.example/", "aria-label": "url(x)" },
		],
	])("of <%s> %j is %j", (tag, attributes, want) => {
		expect(attributesOf(tag, structuredClone(attributes))).toEqual(want);
	});

	test.each<[Attributes, Attributes]>([
		[
			{ class: "a", hidden: null, style: "color: red" },
			{ class: "a", hidden: null, style: "color: red" },
		],
		[
			{ style: { color: "red", margin: ["0", "important"], top: false } },
			{ style: { color: "red", margin: ["0", "important"], top: false } },
		],
		[{ style: { mask: "url(https://a.example)", top: 5, left: {} } }, { style: { mask: "url()" } }],
		[{ href: "https://shop.example/" }, { href: "" }],
		[{ href: "#cart" }, { href: "#cart" }],
		[{ src: PIXEL }, { src: PIXEL }],
		[{ src: VECTOR }, { src: "" }],
		[{ rel: "stylesheet", http: "x", "http-equiv": "refresh" }, { http: "x" }],
		[
			{ src: null, onclick: null },
			{ src: null, onclick: null },
		],
	])("in a change %j is %j", (attributes, want) => {
		expect(changeOf(structuredClone(attributes))).toEqual(want);
	});
});

describe("scrubbed CSS", () => {
	test.each([
		["", ""],
		[SHEET, SHEET],
		[`@import "x";`, `@snag-import "x";`],
		[`@IMPORT url(x);`, `@snag-import url();`],
		[`@\\69mport 'x'`, `@snag-import 'x'`],
		["a{b:url(x)}", "a{b:url()}"],
		["a{b:url( 'x' )}", 'a{b:url( "" )}'],
		['a{b:URL("x")}', 'a{b:URL("")}'],
		["a{b:u\\72 l(x)}", "a{b:url()}"],
		["a{b:url(x", "a{b:url()"],
		["a{b:url(x\\)y)}", "a{b:url()}"],
		["a{b:url(#x)}", "a{b:url(#x)}"],
		["a{b:url()}", "a{b:url()}"],
		[`a{b:url(${PIXEL})}`, `a{b:url(${PIXEL})}`],
		[`a{b:url("${FONT}")}`, `a{b:url("${FONT}")}`],
		["a{b:url(data:text/css,x)}", "a{b:url()}"],
		["a{b:url(javascript:x)}", "a{b:url()}"],
		[`a{b:image-set("x" 1x, url(y) 2x)}`, `a{b:image-set("" 1x, url() 2x)}`],
		[`a{b:image-set("x" type("image/png"))}`, `a{b:image-set("" type("image/png"))}`],
		[`a{b:image-set(var(--x))}`, `a{b:image-set(snag-unknown(--x))}`],
		[
			`a{b:image-set(linear-gradient(red, blue) 1x)}`,
			`a{b:image-set(linear-gradient(red, blue) 1x)}`,
		],
		[`a{b:"url(x)" 'url(y)' /* url(z) */ }`, `a{b:"url(x)" 'url(y)' /* url(z) */ }`],
		[`a{b:"\nurl(x)"}`, `a{b:"\nurl()"}`],
		[`a{b:"\\\nurl(x)"}`, `a{b:"\\\nurl(x)"}`],
		[`/* url(x)`, `/* url(x)`],
		[`#url(x){} @url(x) 5url(x) -url(x)`, `#url(x){} @url(x) 5url(x) -url(x)`],
		[`a{b:u+26url(x)}`, `a{b:u+26 url()}`],
		[`a{width:expression(x)}`, `a{width:snag-unknown(x)}`],
		[`content:"\\201C"`, `content:"\\201C"`],
	])("of %j is %j", (css, want) => {
		expect(scrubCss(css)).toBe(want);
	});

	test("is the same when it is scrubbed again", () => {
		const piece = fc.constantFrom(
			...[
				"url(",
				"@import ",
				"'",
				'"',
				")",
				"(",
				"\\",
				"\n",
				"x",
				"image-set(",
				"/*",
				"*/",
				"{",
				"}",
				"data:image/png,",
				"u+2",
				"\0",
			],
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const once = scrubCss(pieces.join(""));
				expect(scrubCss(once)).toBe(once);
			}),
			{ numRuns: 2000 },
		);
	});

	test("takes time that grows with its length only", () => {
		const hostile = [
			"url(",
			"(",
			'"',
			"'",
			"\\",
			"/*",
			"@import ",
			"url('",
			"image-set(",
			"\\61",
			"[",
			"-",
			"a\\",
		];
		for (const piece of hostile) {
			const css = `url(x)${piece.repeat(400_000 / piece.length)}`;
			const started = performance.now();
			scrubCss(css);
			expect(performance.now() - started, piece).toBeLessThan(2000);
		}
	});
});

/** The parts of an event that a player reads; what nobody reads may say anything. */
function readBy(type: number, data: Fields): unknown {
	if (type === 2) return readNode(data.node, "");
	if (data.source !== 0) return [];
	const adds = (data.adds as Fields[]).map(({ node }) => readNode(node, "style"));
	return [adds, data.texts, data.attributes];
}

/** @param parent tag of the element around the node, "style" where that is not known */
function readNode(node: unknown, parent: string): unknown {
	if (!isFields(node)) return null;
	const { type, tagName, textContent } = node;
	const own = type === 2 && typeof tagName === "string" ? tagName.replace(/^.*:/, "") : "";
	const children = Array.isArray(node.childNodes) ? node.childNodes : [];
	const childNodes = children.map((child) => readNode(child, own));
	if (type === 0) return { childNodes };
	// Text is only read as CSS where a sheet is.
	if (type === 3) return parent === "style" ? { textContent } : null;
	if (type !== 2) return null;
	const { rel, ...attributes } = isFields(node.attributes) ? node.attributes : {};
	return { tagName, attributes: own === "link" ? { ...attributes, rel } : attributes, childNodes };
}

/** A link loads by its `rel`, so that is the one thing of an ordinary page that goes. */
function withoutRel(event: unknown): unknown {
	return JSON.parse(JSON.stringify(event), (_, value) => {
		if (isFields(value) && value.tagName === "link" && isFields(value.attributes)) {
			const { rel: _rel, ...attributes } = value.attributes;
			return { ...value, attributes };
		}
		return value;
	});
}

/** What rrweb records of an ordinary visit after the snapshot. */
function ordinaryIncrements(): unknown[] {
	const data: Fields[] = [
		{
			source: 0,
			adds: [
				{ parentId: 4, nextId: null, node: element("p", { class: "note", style: "color: red" }) },
				{ parentId: 4, nextId: 12, previousId: null, node: text("2 items (24.00)") },
				{ parentId: 10, nextId: null, node: text(".x { color: red; mask: url(#m) }") },
			],
			removes: [{ parentId: 4, id: 12 }],
			texts: [
				{ id: 11, value: "p { color: blue }" },
				{ id: 24, value: null },
			],
			attributes: [
				{
					id: 12,
					attributes: {
						class: "b",
						src: PIXEL,
						hidden: null,
						style: { color: "red", top: false, left: ["1px", "important"] },
					},
				},
			],
		},
		{ source: 1, positions: [{ x: 1, y: 2, id: 4, timeOffset: -50 }] },
		{ source: 2, type: 2, id: 4, x: 1, y: 2, pointerType: 0 },
		{ source: 3, id: 1, x: 0, y: 500 },
		{ source: 4, width: 800, height: 600 },
		{ source: 5, text: "•••••", isChecked: false, id: 20 },
		{ source: 6, positions: [{ x: 1, y: 2, id: 4, timeOffset: 0 }] },
		{ source: 7, type: 0, id: 21, currentTime: 1.5, volume: 1, muted: false },
		{ source: 8, id: 10, adds: [{ rule: ".y { color: red }", index: 0 }], removes: [{ index: 1 }] },
		{ source: 8, styleId: 3, replaceSync: ".z { color: red }" },
		{ source: 10, family: "Inter", fontSource: `url("${FONT}")`, buffer: false, descriptors: {} },
		{ source: 12, positions: [{ x: 1, y: 2, id: 4, timeOffset: 0 }] },
		{
			source: 13,
			id: 10,
			index: [0],
			set: { property: "color", value: "red", priority: "important" },
		},
		{ source: 13, id: 10, index: [0], remove: { property: "color" } },
		{ source: 14, ranges: [{ start: 1, startOffset: 0, end: 2, endOffset: 1 }] },
		{
			source: 15,
			id: 1,
			styleIds: [3],
			styles: [{ styleId: 3, rules: [{ rule: ".q { color: red }", index: 0 }] }],
		},
		{ source: 16, define: { name: "my-card" } },
	];
	return [
		{ type: 0, timestamp: START, data: {} },
		{ type: 1, timestamp: START, data: {} },
		{ type: 5, timestamp: START, data: { tag: "note", payload: { text: "x" } } },
		...data.map((each, index) => ({ type: 3, timestamp: START + index, data: each, delay: 3 })),
	];
}
