// The fold on its own: events in, the keyframe written as markup out. That a replayer shows the same page
// is proven in a browser by fold-proof.browser.test.ts; here it is what a keyframe holds and how it fails.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createFold, type Fold } from "../../replay/fold.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { isWholePage } from "../../replay/whole-page.ts";
import { encodeMarkup } from "./encode-markup.ts";
import { generateSession } from "./proof/generated-session.ts";

type Fields = Record<string, unknown>;

const text = (id: number, textContent: string): Fields => ({ type: 3, id, textContent });
const element = (id: number, tagName: string, rest: Fields = {}): Fields => ({
	type: 2,
	id,
	tagName,
	attributes: {},
	childNodes: [],
	...rest,
});

/** html 2, head 3, body 4, and what is given in the body. */
function snapshot(body: Fields[], head: Fields[] = []): RawEvent[] {
	const html = element(2, "html", {
		childNodes: [
			element(3, "head", { childNodes: head }),
			element(4, "body", { childNodes: body }),
		],
	});
	return [
		{ type: 4, timestamp: 1, data: { href: "http://shop.test/", width: 800, height: 600 } },
		{
			type: 2,
			timestamp: 2,
			data: {
				node: { type: 0, id: 1, childNodes: [html] },
				initialOffset: { left: 0, top: 0 },
			},
		},
	];
}

const change = (data: Fields): RawEvent => ({ type: 3, timestamp: 3, data });
const mutation = (parts: Fields): RawEvent =>
	change({ source: 0, adds: [], removes: [], texts: [], attributes: [], ...parts });

function fold(events: RawEvent[]): Fold {
	const folded = createFold();
	for (const event of scrubEvents(structuredClone(events)).events) folded.apply(event);
	return folded;
}

function shown(events: RawEvent[]): string {
	const folded = fold(events);
	return encodeMarkup(folded.keyframe(9) ?? [], [...folded.unfolded.keys()]);
}

describe("a fold of a mutation", () => {
	const list = () =>
		snapshot([element(5, "ul", { childNodes: [element(6, "li"), element(7, "li")] })]);

	test.each<[string, Fields, string]>([
		[
			"adds in front of a node",
			{ adds: [{ parentId: 5, nextId: 7, node: element(8, "b") }] },
			"<ul><li></li><b></b><li></li></ul>",
		],
		[
			"adds last",
			{ adds: [{ parentId: 5, nextId: null, node: text(8, "x") }] },
			"<ul><li></li><li></li>x</ul>",
		],
		["removes", { removes: [{ parentId: 5, id: 6 }] }, "<ul><li></li></ul>"],
		[
			"leaves alone what it does not know",
			{ removes: [{ parentId: 5, id: 99 }], texts: [{ id: 98, value: "" }] },
			"<ul><li></li><li></li></ul>",
		],
		[
			"adds in whatever order they come",
			{
				adds: [
					{ parentId: 9, nextId: null, node: text(8, "x") },
					{ parentId: 5, nextId: 6, node: element(9, "li") },
				],
			},
			"<ul><li>x</li><li></li><li></li></ul>",
		],
		[
			"leaves out what has no place",
			{
				adds: [
					{ parentId: 5, nextId: 77, node: text(8, "x") },
					{ parentId: 5, nextId: null, node: text(9, "y") },
				],
			},
			"<ul><li></li><li></li>y</ul>",
		],
		[
			"moves",
			{
				removes: [{ parentId: 5, id: 6 }],
				adds: [
					{ parentId: 5, nextId: null, node: element(6, "li", { attributes: { class: "moved" } }) },
				],
			},
			'<ul><li></li><li class="moved"></li></ul>',
		],
		[
			"sets and takes attributes",
			{
				attributes: [
					{ id: 6, attributes: { class: "a", title: "b" } },
					{ id: 6, attributes: { title: null } },
				],
			},
			'<ul><li class="a"></li><li></li></ul>',
		],
		[
			"opens a shadow tree",
			{ adds: [{ parentId: 6, nextId: null, node: element(8, "b", { isShadow: true }) }] },
			"<ul><li></li><li></li></ul>",
		],
	])("%s", (_, parts, want) => {
		expect(shown([...list(), mutation(parts)])).toContain(want);
	});

	test("ends where a browser would refuse to go on", () => {
		const refused = mutation({
			removes: [{ parentId: 4, id: 6 }],
			attributes: [{ id: 7, attributes: { class: "never" } }],
		});
		expect(shown([...list(), refused])).toContain("<ul><li></li><li></li></ul>");
	});
});

describe("a fold", () => {
	test("knows nothing before the first snapshot", () => {
		const folded = fold([mutation({ removes: [{ parentId: 1, id: 2 }] })]);
		expect(folded.nodes).toBe(0);
		expect(folded.keyframe(5)).toBeUndefined();
	});

	test("counts the nodes of the page", () => {
		expect(fold(snapshot([element(5, "p", { childNodes: [text(6, "x")] })])).nodes).toBe(6);
	});

	test("names what it cannot fold, and begins anew with the next snapshot", () => {
		const events = [
			...snapshot([element(5, "p")]),
			mutation({ adds: [{ parentId: 5, nextId: null, node: element(1.5, "b") }] }),
		];
		const folded = fold(events);
		expect([...folded.unfolded]).toEqual([["node-id", 1]]);
		expect(folded.keyframe(5)).toBeUndefined();
		for (const event of snapshot([element(5, "i")])) folded.apply(event);
		expect(folded.unfolded.size).toBe(0);
		expect(encodeMarkup(folded.keyframe(5) ?? [])).toContain("<body><i></i></body>");
	});

	test("writes the size of the window as it was last", () => {
		const [meta] =
			fold([...snapshot([]), change({ source: 4, width: 320, height: 200 })]).keyframe(7) ?? [];
		expect(meta).toEqual({
			type: 4,
			timestamp: 7,
			data: { href: "http://shop.test/", width: 320, height: 200 },
		});
	});

	test("keeps one event per state, however often it changed", () => {
		const events = Array.from({ length: 500 }, (_, at) => [
			change({ source: 3, id: 5, x: 0, y: at }),
			change({ source: 5, id: 6, text: `•${at}`, isChecked: false }),
			change({ source: 1, positions: [{ x: at, y: 1, id: 5, timeOffset: 0 }] }),
			mutation({
				attributes: [{ id: 5, attributes: { style: { left: `${at + 1}px`, top: "3px" } } }],
			}),
			change({ source: 8, id: 7, adds: [{ rule: `.a { top: ${at}px }`, index: 0 }] }),
			change({ source: 8, id: 7, removes: [{ index: 0 }] }),
			change({ source: 13, id: 7, index: [0], set: { property: "left", value: `${at + 1}px` } }),
		]).flat();
		const page = snapshot([
			element(5, "p"),
			element(6, "input"),
			element(7, "style", { childNodes: [text(8, ".b { left: 0 }")] }),
		]);
		const folded = fold([...page, ...events]);
		const tail = (folded.keyframe(9) ?? []).slice(2).map(({ data }) => data as Fields);
		expect(tail.map(({ source }) => source)).toEqual([0, 13, 13, 5, 3, 1]);
		expect(tail.at(-1)).toMatchObject({ positions: [{ x: 499 }] });
	});

	test("says again what stands in a sheet behind the texts that its whole was spread over", () => {
		const attributes = { _cssText: ".a { top: 0 }/* rr_split */.b { top: 0 }" };
		const texts = [6, 7, 8].map((id) => text(id, ""));
		const folded = fold([
			...snapshot([], [element(5, "style", { attributes, childNodes: texts })]),
			mutation({ texts: [{ id: 8, value: ".c { top: 0 }" }] }),
		]);
		const written = JSON.stringify(folded.keyframe(9));
		const again = fold(JSON.parse(written));
		expect(JSON.stringify(again.keyframe(9))).toBe(written);
		expect(written).toContain('"texts":[{"id":8,"value":".c { top: 0 }"}]');
	});

	test.each(["link", "noscript"])("brings what stands in a %s by events, as it came", (tag) => {
		const inner = { adds: [{ parentId: 5, nextId: null, node: element(6, "i") }] };
		const deeper = { adds: [{ parentId: 6, nextId: null, node: text(7, "x") }] };
		const events = [...snapshot([element(5, tag)]), mutation(inner), mutation(deeper)];
		const written = JSON.stringify(fold(events).keyframe(9));
		const again = fold(JSON.parse(written));
		expect(again.nodes).toBe(7);
		expect(JSON.stringify(again.keyframe(9))).toBe(written);
	});

	test("does not follow a page's element into another place", () => {
		const frame = { type: 0, id: 7, childNodes: [element(8, "html", { rootId: 7 })] };
		const events = [
			...snapshot([element(5, "p"), element(6, "iframe")]),
			mutation({ isAttachIframe: true, adds: [{ parentId: 6, nextId: null, node: frame }] }),
			mutation({ adds: [{ parentId: 5, nextId: null, node: element(8, "html", { rootId: 7 }) }] }),
		];
		expect([...fold(events).unfolded]).toEqual([["html-moved", 1]]);
	});

	test("leaves the sheet of a link where a text comes to stand in it", () => {
		const link = element(5, "link", { attributes: { _cssText: ".a { top: 0 }" } });
		const page = snapshot([], [link]);
		const added = mutation({
			adds: [{ parentId: 5, nextId: null, node: text(6, ".b { top: 0 }") }],
		});
		expect(shown([...page, added])).toContain("<style>.a { top: 0 }.b { top: 0 }</style>");
	});

	test("says of a control what was typed last, also after its node was replaced", () => {
		const page = snapshot([element(5, "input")]);
		const typed = change({ source: 5, id: 5, text: "••", isChecked: false });
		expect(fold([...page, typed]).keyframe(9)).toHaveLength(3);
		const replaced = mutation({
			removes: [{ parentId: 4, id: 5 }],
			adds: [{ parentId: 4, nextId: null, node: element(5, "input") }],
		});
		expect(fold([...page, typed, replaced]).keyframe(9)).toHaveLength(2);
	});
});

describe("a fold of forged events", () => {
	test("never throws, and stops writing keyframes where it was misled", () => {
		const id = fc.oneof(
			fc.integer({ min: -2, max: 12 }),
			fc.constantFrom(null, "5", 1.5, Number.NaN),
		);
		const node = fc.record({
			id,
			type: fc.integer({ min: -1, max: 6 }),
			tagName: fc.constantFrom(
				"p",
				"style",
				"iframe",
				"textarea",
				"select",
				"option",
				"html",
				"body",
			),
			attributes: fc.dictionary(
				fc.constantFrom("_cssText", "value", "open", "rr_width"),
				fc.string(),
			),
			isShadow: fc.boolean(),
			isShadowHost: fc.boolean(),
			rootId: fc.option(id),
			textContent: fc.string(),
		});
		const add = fc.record({ parentId: id, nextId: id, previousId: fc.option(id), node });
		const styles = fc.array(
			fc.record({ styleId: id, rules: fc.array(fc.record({ rule: fc.string(), index: id })) }),
		);
		const data = fc.record({
			source: fc.integer({ min: 0, max: 16 }),
			...{ id, styleId: id, index: fc.array(id), styleIds: fc.array(id), styles },
			adds: fc.array(fc.oneof(add, fc.record({ rule: fc.string(), index: fc.array(id) }))),
			removes: fc.array(fc.record({ id, parentId: id, isShadow: fc.boolean(), index: id })),
			texts: fc.array(fc.record({ id, value: fc.option(fc.string()) })),
			attributes: fc.array(
				fc.record({
					id,
					attributes: fc.dictionary(
						fc.constantFrom("style", "_cssText", "value", "open"),
						fc.oneof(fc.string(), fc.constant(null), fc.dictionary(fc.string(), fc.string())),
					),
				}),
			),
			...{ x: id, y: id, text: fc.string(), isChecked: fc.boolean(), set: fc.anything() },
			positions: fc.array(fc.record({ x: id, y: id, id })),
		});
		fc.assert(
			fc.property(fc.array(data, { maxLength: 30 }), (list) => {
				const body = [
					element(5, "p"),
					element(6, "select"),
					element(7, "style"),
					element(8, "iframe"),
				];
				const folded = fold([...snapshot(body), ...list.map(change)]);
				const written = folded.keyframe(9);
				expect(written === undefined || written.length >= 2).toBe(true);
				if (folded.unfolded.size > 0) expect(written).toBeUndefined();
				expect(() => JSON.stringify(written)).not.toThrow();
			}),
			{ numRuns: 500 },
		);
	});

	test("writes a page that is deeper than a snapshot may be", () => {
		const adds = Array.from({ length: 20_000 }, (_, at) => ({
			parentId: at === 0 ? 4 : 99 + at,
			nextId: null,
			node: element(100 + at, "i"),
		}));
		const events = fold([...snapshot([]), mutation({ adds })]).keyframe(9) ?? [];
		const again = fold(JSON.parse(JSON.stringify(events)));
		expect(again.nodes).toBe(20_004);
		expect(again.keyframe(9)).toEqual(events);
	});

	test("forgets elements with shadow trees that are gone, in the end", () => {
		const folded = fold(snapshot([]));
		for (let id = 100; id < 100 + 3 * 30_000; id += 3) {
			const [host, child] = [
				element(id, "x-a", { isShadowHost: true }),
				element(id + 1, "p", { isShadow: true }),
			];
			const adds = [
				{ parentId: 4, nextId: null, node: host },
				{ parentId: id, nextId: null, node: child },
			];
			folded.apply(mutation({ adds }));
			folded.apply(mutation({ removes: [{ parentId: 4, id }] }));
		}
		expect(folded.nodes).toBe(4);
		expect(encodeMarkup(folded.keyframe(9) ?? [])).toContain("<body></body>");
	});
});

describe("a keyframe", () => {
	const told = (events: RawEvent[]) =>
		fold(events)
			.keyframe(9)
			?.find(({ type }) => type === 2)?.data as Fields | undefined;
	const partial = (): RawEvent[] =>
		snapshot([]).map((event) =>
			event.type === 2 ? { ...event, data: { ...(event.data as Fields), isPartial: true } } : event,
		);
	const complete: RawEvent = { type: 5, timestamp: 3, data: { tag: "snag.complete", payload: {} } };
	const more = mutation({ adds: [{ parentId: 4, nextId: null, node: element(5, "p") }] });

	test.each<[string, RawEvent[], boolean]>([
		["a page that came at once", [...snapshot([]), more], false],
		["a page of which more was to come", [...partial(), more], true],
		["a page whose last part came", [...partial(), more, complete, more], false],
		["a page that was told anew before", [...partial(), ...snapshot([]), more], false],
		["a page that was told anew, in parts", [...partial(), complete, ...partial()], true],
	])("of %s says whether it is all of it", (_, events, want) => {
		expect(told(events)?.isPartial === true).toBe(want);
		expect(isWholePage(fold(events).keyframe(9) ?? [])).toBe(!want);
		expect(isWholePage([...(fold(events).keyframe(9) ?? []), complete])).toBe(true);
	});

	test("leads to the same keyframes as all that came before it", () => {
		const seeds = Array.from({ length: 40 }, (_, at) => at * 2 + 1);
		for (const seed of seeds) {
			const events = generateSession({
				seed,
				events: 150,
				isMovingHosts: false,
			}) as unknown as RawEvent[];
			const at = events[75]?.timestamp ?? 0;
			const before = fold(events.filter(({ timestamp }) => timestamp <= at)).keyframe(at);
			const later = events.filter(({ timestamp }) => timestamp > at);
			if (before === undefined || later.some(({ type }) => type === 2)) continue;
			const end = events.at(-1)?.timestamp ?? 0;
			const [whole, since] = [
				fold(events),
				fold([...JSON.parse(JSON.stringify(before)), ...later]),
			];
			const wanted = encodeMarkup(whole.keyframe(end) ?? [], ["nothing"]);
			expect(encodeMarkup(since.keyframe(end) ?? [], ["nothing"]), `seed ${seed}`).toBe(wanted);
		}
	});
});
