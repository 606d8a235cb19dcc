// What a fold holds and how long it takes, at the load that recorders were seen to send and at events that
// were forged to make it search. The bound of time is that of a test: what searches in vain takes minutes.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { createFold } from "../../replay/fold.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { createRandom } from "./proof/random.ts";

type Fields = Record<string, unknown>;

const START = 1_795_000_000_000;
const MINUTE_MS = 60_000;
const MEGABYTE = 1024 * 1024;
const TIMEOUT_MS = 120_000;

const range = (count: number) => Array.from({ length: count }, (_, at) => at);
const text = (id: number, textContent: string): Fields => ({ type: 3, id, textContent });
const element = (id: number, tagName: string, rest: Fields = {}): Fields => ({
	type: 2,
	id,
	tagName,
	attributes: {},
	childNodes: [],
	...rest,
});
const change = (data: Fields, timestamp = START + 1): RawEvent => ({ type: 3, timestamp, data });
const mutation = (parts: Fields, timestamp?: number): RawEvent =>
	change({ source: 0, adds: [], removes: [], texts: [], attributes: [], ...parts }, timestamp);
const add = (parentId: unknown, node: Fields, nextId: unknown = null): Fields => ({
	parentId,
	nextId,
	node,
});

/** html 2, head 3, body 4, and what is given. */
function snapshot(body: Fields[], head: Fields[] = []): RawEvent[] {
	const childNodes = [
		element(3, "head", { childNodes: head }),
		element(4, "body", { childNodes: body }),
	];
	const node = { type: 0, id: 1, childNodes: [element(2, "html", { childNodes })] };
	return [
		{ type: 4, timestamp: START, data: { href: "http://shop.test/", width: 800, height: 600 } },
		{ type: 2, timestamp: START, data: { node, initialOffset: { left: 0, top: 0 } } },
	];
}

describe("a fold of two hours", () => {
	const ROWS = 1_000;
	const FIELDS = 100;
	const page = () =>
		snapshot(
			[
				element(5, "ul", { childNodes: range(ROWS).map((row) => element(1_000 + row, "li")) }),
				...range(FIELDS).map((field) => element(100 + field, "input")),
				element(6, "div"),
			],
			[element(7, "style", { childNodes: [text(8, ".a { top: 0 }")] })],
		);

	/** 18,000 events in a second, of all that comes in crowds. */
	function* burst(at: number): Generator<RawEvent> {
		for (let count = 0; count < 18_000; count += 6) {
			const now = at + Math.floor(count / 18);
			const id = 100 + (count % FIELDS);
			yield change({ source: 1, positions: [{ x: count, y: 1, id: 6, timeOffset: 0 }] }, now);
			yield change({ source: 3, id: 5, x: 0, y: count }, now);
			yield change({ source: 5, id, text: `•${count}`, isChecked: false }, now);
			yield change({ source: 8, id: 7, adds: [{ rule: `.b { top: ${count}px }`, index: 0 }] }, now);
			yield change({ source: 8, id: 7, removes: [{ index: 0 }] }, now);
			const style = { left: `${count}px`, transform: `rotate(${count}deg)` };
			yield mutation({ attributes: [{ id: 6, attributes: { style } }] }, now);
		}
	}

	/** 6,800 mutations in a second: rows that come in front and go at the end, each an element of its own. */
	function* dense(at: number, firstId: number): Generator<RawEvent> {
		const rows = range(ROWS).map((row) => (firstId === 10_000 ? 1_000 : firstId - ROWS) + row);
		for (let count = 0; count < 6_800; count++) {
			const id = firstId + count * 2;
			const gone = rows.pop();
			rows.unshift(id);
			const adds = [
				add(5, element(id, "li", { attributes: { class: `r${count}` } }), rows[1]),
				add(id, text(id + 1, `row ${count}`)),
			];
			yield mutation({ removes: [{ parentId: 5, id: gone }], adds }, at + Math.floor(count / 7));
		}
		// They get the ids that the next such second counts on.
		const removes = rows.map((id) => ({ parentId: 5, id }));
		const next = firstId + 20_000 - ROWS;
		const adds = range(ROWS).map((row) => add(5, element(next + row, "li")));
		yield mutation({ removes, adds }, at + MINUTE_MS / 60);
	}

	test(
		"holds no more at its end than after half an hour",
		() => {
			const fold = createFold();
			for (const event of page()) fold.apply(event);
			let heapThen = 0;
			let events = 0;
			for (let minute = 5, firstId = 10_000; minute <= 120; minute += 5, firstId += 20_000) {
				const at = START + minute * MINUTE_MS;
				for (const part of [burst(at), dense(at + MINUTE_MS, firstId)]) {
					for (const event of part) {
						fold.apply(event);
						events++;
					}
				}
				if (minute === 30) heapThen = readHeap();
			}
			const heapMb = (readHeap() - heapThen) / MEGABYTE;
			console.log(`${events} events, ${heapMb.toFixed(2)} MB more after 2 h than after 30 min`);
			expect(heapMb).toBeLessThan(2);
			expect([...fold.unfolded]).toEqual([]);
			expect(fold.nodes).toBe(ROWS + FIELDS + 8);
			expect(fold.keyframe(START + 130 * MINUTE_MS)?.length).toBeLessThan(FIELDS + 10);
		},
		TIMEOUT_MS,
	);
});

describe("a fold of events that were forged to keep it busy", () => {
	const many = 20_000;
	const options = (count: number, rest: Fields = {}) =>
		element(5, "select", {
			childNodes: range(count).map((at) => element(100 + at, "option", rest)),
		});
	const removes = (count: number) => range(count).map((at) => ({ parentId: 5, id: 100 + at }));
	const deep = range(many).map((at) => add(at === 0 ? 4 : 99 + at, element(100 + at, "div")));

	test.each<[string, () => RawEvent[], string[]]>([
		[
			"siblings that come in the wrong order",
			() => {
				const adds = range(5_000).map((at) => add(4, element(100 + at, "i"), 101 + at));
				return [...snapshot([]), mutation({ adds: [...adds, add(4, element(5_100, "i"))] })];
			},
			["late-adds"],
		],
		[
			"nodes that stand in one another in a ring",
			() => {
				const ring = range(5_000).map((at) =>
					add(100 + ((at + 1) % 5_000), element(100 + at, "i")),
				);
				return [...snapshot([]), mutation({ adds: ring })];
			},
			[],
		],
		[
			"more of those without a parent than are sorted",
			() => [
				...snapshot([]),
				mutation({ adds: range(many).map((at) => add(999_999, element(100 + at, "i"))) }),
			],
			["late-adds"],
		],
		[
			"comments beside the page's element",
			() => {
				const comment = (at: number) => ({ type: 5, id: 100 + at, textContent: "x" });
				return [
					...snapshot([]),
					mutation({ adds: range(50_000).map((at) => add(1, comment(at))) }),
				];
			},
			[],
		],
		[
			"a list of options that is emptied",
			() => [...snapshot([options(50_000)]), mutation({ removes: removes(50_000) })],
			[],
		],
		[
			"a list of options of which none can be chosen",
			() => [
				...snapshot([options(many, { attributes: { disabled: "" } })]),
				mutation({ removes: removes(many) }),
			],
			["options"],
		],
		[
			"a choice that is not in the list",
			() => [
				...snapshot([options(many)]),
				...range(5_000).map(() => change({ source: 5, id: 5, text: "none", isChecked: false })),
			],
			["options"],
		],
		[
			"a large tree that moves without having been taken out",
			() => [
				...snapshot([]),
				mutation({ adds: deep.slice(0, 15_000) }),
				...range(5_000).map(() => mutation({ adds: [add(4, element(100, "div"))] })),
			],
			["moved-trees"],
		],
	])(
		"ends soon: %s",
		(_, makeEvents, unfolded) => {
			const fold = createFold();
			for (const event of scrubEvents(makeEvents()).events) fold.apply(event);
			const keyframe = fold.keyframe(START + 9);
			expect([...fold.unfolded.keys()]).toEqual(unfolded);
			expect(keyframe === undefined).toBe(unfolded.length > 0);
			for (const event of snapshot([element(5, "p")])) fold.apply(event);
			expect(fold.nodes).toBe(5);
			expect(fold.keyframe(START + 10)).toHaveLength(2);
		},
		TIMEOUT_MS,
	);

	test("never throws and is whole again with the next snapshot, whatever ids are used again", () => {
		const seed = 7;
		const random = createRandom(seed);
		const ids = [1, 2, 3, 4, 5, 6, 7, -1, 0, Number.NaN, 1e300, "5", null, undefined, {}];
		const any = () => random.pick(ids);
		const tags = [
			"html",
			"body",
			"iframe",
			"style",
			"textarea",
			"select",
			"option",
			"input",
			"form",
		];
		const node = (): Fields => ({
			...element(0, random.pick(tags), { isShadowHost: random.once(3), isShadow: random.once(4) }),
			attributes: { type: "radio", name: "a", checked: random.once(2) ? "" : null },
			type: random.pick([0, 1, 2, 2, 2, 3, 5, Number.NaN]),
			id: any(),
			rootId: random.once(3) ? any() : undefined,
		});
		const forge = (): RawEvent => {
			const adds = range(random.below(4)).map(() => ({
				...{ parentId: any(), nextId: any(), previousId: any() },
				node: node(),
			}));
			const removes = range(random.below(3)).map(() => ({ parentId: any(), id: any() }));
			const source = random.below(17);
			const data = { source, id: any(), x: any(), y: any(), adds, removes, isChecked: true };
			const timestamp = random.pick([START, Number.NaN, Number.POSITIVE_INFINITY, -1]);
			return random.once(2) ? mutation({ adds, removes }, timestamp) : change(data, timestamp);
		};
		const fold = createFold();
		for (let round = 0; round < 300; round++) {
			for (const event of snapshot([element(5, "div"), element(6, "p")])) fold.apply(event);
			expect(fold.keyframe(START), `seed ${seed}, round ${round}`).toHaveLength(2);
			for (let count = 0; count < 60; count++) fold.apply(forge());
			expect(() => JSON.stringify(fold.keyframe(START + 9))).not.toThrow();
		}
	});
});

/** Bytes that are really held: what could be collected has been. */
function readHeap(): number {
	setFlagsFromString("--expose-gc");
	const collect: unknown = runInNewContext("gc");
	if (typeof collect === "function") collect();
	return process.memoryUsage().heapUsed;
}
