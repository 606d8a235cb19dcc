import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fact } from "../../protocol/fact.ts";
import { parseFacts } from "../../protocol/parse-facts.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";

const AT = 1_795_000_000_000;
const FACTS: Record<string, Fact> = {
	page: [1, AT, 0, "https://shop.example/", "Shop", "load", 1280, 2400, 1280, 800],
	press: [2, AT, 0, 3, 0, 32767, -5, 220, "flow", "mouse", 1280, 800, -1, 200, 1, ""],
	element: [3, AT, 3, [["id", "buy"]], "button", "button", "Buy", 1],
	visible: [4, AT, 1],
	leave: [5, AT, 0, "unload"],
	zoom: [5, AT, 0, "zoom", 150],
	answer: [6, AT, 0, 3, AT, 1, 7000, 2, [["mutation", 120, "inside"]]],
	field: [7, AT, 0, 3, "blur", 4000, -1, 12, 2, 1, 0, 3, 0, 1, 2, 9],
	submit: [8, AT, 0, 3, 2, 1, 0, "none", 5000],
	scroll: [9, AT, 0, 1600, 4000, 2, [4000, 0, 1200], 5, 1200],
	move: [10, AT, 0, 9, 8, AT, [3, 2, 150]],
	exposed: [11, AT, 0, [0, 1, 5]],
	error: [12, AT, 0, "error", "1x2y3z", "x is not a function", "https://shop.example/app.js"],
	request: [13, AT, 0, "fetch", "https://shop.example/api", 404, 120],
	vital: [14, AT, 0, "cls", 120, -1, 2500],
	media: [15, AT, 0, 3, 1],
	custom: [
		16,
		AT,
		0,
		"added",
		[
			["items", 2],
			["size", "L"],
			["gift", true],
		],
	],
	identify: [17, AT, 0, "customer-7", [["plan", "free"]]],
	variant: [18, AT, 0, "checkout", "b"],
	consent: [19, AT, 0, 1],
	assets: [20, AT, ["1a2b", "0".repeat(64)], []],
	dither: [22, AT, 0, 3, 3, 9000],
	swipe: [23, AT, 0, 3, 16384, 0, 640, 1200, "flow", "touch", 390, 844, 300, -1, 8, "", -120],
};

/** Position in the tuple → values that are wrong there. */
const TIME = [undefined, null, 0, -1, 1.5, "1", 1e13, 2 ** 53];
const COUNT = [undefined, null, -1, 1.5, "1", 2 ** 53];
const PIXELS = [undefined, null, 1.5, "1", 2 ** 31, -(2 ** 31)];
const RELATIVE = [undefined, -1, 0.5, 32768];
const WORD = [undefined, null, 1, "x".repeat(17)];
const FLAG = [undefined, null, true, false, "1", 2, -1];
const textOver = (length: number) => [undefined, null, 1, [], "x".repeat(length + 1)];
const KEY = [undefined, null, [], ["id", "buy"], [["id"]], [["path", "*"]], [["id", 1]], "buy"];
const countsOver = (length: number) => [
	undefined,
	null,
	{},
	"1",
	[-1],
	[1.5],
	Array(length + 1).fill(1),
];
const BUCKET = [undefined, null, -1, 4, 0.5, "1"];
const response = ["mutation", 120, "inside"];
const RESPONSES = [
	...[undefined, null, {}, "x", [1], [[]], [["mutation", -1, "inside"]], [["mutation", 1]]],
	...[[["x".repeat(17), 1, "inside"]], Array(21).fill(response)],
];
const PROPERTIES = [
	...[undefined, null, {}, "x", [1], [["a"]], [["a", null]], [["a", {}]], [["a", []]], [[1, 1]]],
	...[[["x".repeat(41), 1]], [["a", "x".repeat(201)]], Array(21).fill(["a", 1])],
];
const ASSETS = [undefined, null, {}, "x", [1], ["x".repeat(65)], Array(401).fill("x")];
const OPTIONAL = [null, -1, 1.5, "1"];
const PRESS = [
	...[TIME, COUNT, COUNT, RELATIVE, RELATIVE, PIXELS, PIXELS, WORD, WORD, PIXELS, PIXELS, PIXELS],
	...[PIXELS, COUNT, textOver(64)],
];
const WRONG: Record<string, unknown[][]> = {
	page: [TIME, COUNT, textOver(2048), textOver(200), WORD, PIXELS, PIXELS, PIXELS, PIXELS],
	press: PRESS,
	swipe: [...PRESS, PIXELS],
	dither: [TIME, COUNT, COUNT, COUNT, COUNT],
	element: [TIME, COUNT, KEY, textOver(40), textOver(40), textOver(200), FLAG],
	visible: [TIME, FLAG],
	leave: [TIME, COUNT, WORD],
	zoom: [TIME, COUNT, WORD, OPTIONAL],
	answer: [TIME, COUNT, COUNT, TIME, FLAG, COUNT, COUNT, RESPONSES],
	field: [
		...[TIME, COUNT, COUNT, WORD, COUNT, PIXELS, COUNT, COUNT, COUNT, COUNT, BUCKET],
		...[FLAG, COUNT, COUNT, OPTIONAL],
	],
	submit: [TIME, COUNT, COUNT, COUNT, FLAG, COUNT, WORD, COUNT],
	scroll: [TIME, COUNT, PIXELS, PIXELS, COUNT, countsOver(100), OPTIONAL, OPTIONAL],
	move: [TIME, COUNT, COUNT, COUNT, [undefined, null, -1, 1.5, "1", 1e13], countsOver(1200)],
	exposed: [TIME, COUNT, countsOver(200)],
	error: [TIME, COUNT, WORD, WORD, textOver(200), textOver(2048)],
	request: [TIME, COUNT, WORD, textOver(2048), COUNT, COUNT],
	vital: [TIME, COUNT, WORD, COUNT, PIXELS, OPTIONAL],
	media: [TIME, COUNT, COUNT, FLAG],
	custom: [TIME, COUNT, textOver(200), PROPERTIES],
	identify: [TIME, COUNT, textOver(200), PROPERTIES],
	variant: [TIME, COUNT, textOver(200), textOver(200)],
	consent: [TIME, COUNT, FLAG],
	assets: [TIME, ASSETS, ASSETS],
};
/** Kind → how long it is without the fields of a later version. */
const LEAST: Record<string, number> = { zoom: 4, field: 15, scroll: 7, vital: 6 };

const parse = (rows: unknown) => parseFacts(JSON.stringify(rows));

function refusalOf(json: string): string {
	try {
		parseFacts(json);
	} catch (error) {
		if (error instanceof ProtocolError) return error.code;
		throw error;
	}
	return "accepted";
}

describe("facts", () => {
	test("come out as they went in, in order", () => {
		const facts = Object.values(FACTS);
		expect(parse(facts)).toEqual({ facts, unknown: 0 });
		expect(parse([...facts].reverse()).facts).toEqual([...facts].reverse());
		expect(parse([])).toEqual({ facts: [], unknown: 0 });
	});

	test.each(Object.keys(FACTS))("refuse a %s with any field wrong, and say which", (kind) => {
		const fact = FACTS[kind] ?? [];
		expect(WRONG[kind]).toHaveLength(fact.length - 1);
		for (const [index, values] of (WRONG[kind] ?? []).entries()) {
			for (const value of values) {
				const rows = [FACTS.visible, fact.map((field, at) => (at === index + 1 ? value : field))];
				const json = JSON.stringify(rows);
				expect(refusalOf(json), json.slice(0, 200)).toBe("bad_facts");
				expect(() => parseFacts(json)).toThrow(
					`fact 1 (code ${fact[0]}) has a wrong field ${index + 1}`,
				);
			}
		}
	});

	test.each(Object.keys(FACTS))(
		"refuse a %s that is too short, and take one with fields of a later recorder",
		(kind) => {
			const fact = FACTS[kind] ?? [];
			for (let length = 1; length < (LEAST[kind] ?? fact.length); length++) {
				expect(refusalOf(JSON.stringify([fact.slice(0, length)]))).toBe("bad_facts");
			}
			if (kind === "leave") return;
			const longer = [...fact, "later", { more: true }];
			expect(parse([longer])).toEqual({ facts: [longer], unknown: 0 });
		},
	);

	test("of an unknown kind are counted and left out", () => {
		const rows = [[99], FACTS.visible, [-1, "x"], [0], [24, AT, {}], [2 ** 40]];
		expect(parse(rows)).toEqual({ facts: [FACTS.visible], unknown: 5 });
	});

	test.each([
		"",
		"[",
		"{}",
		"null",
		"1",
		'"[]"',
		"[1]",
		"[null]",
		"[{}]",
		"[[]]",
		'[["1"]]',
		"[[1.5]]",
		"[[null]]",
		'[{"0":4,"length":3}]',
		"[[[4]]]",
	])("that are no list of tuples with a code are refused: %j", (json) => {
		expect(refusalOf(json)).toBe("bad_facts");
	});

	test("do not take a name of every object for a kind", () => {
		expect(refusalOf('[["constructor",1]]')).toBe("bad_facts");
		expect(refusalOf('[["__proto__",1]]')).toBe("bad_facts");
	});

	test("as deep as 256 KiB of JSON can be are refused, those of a later recorder counted", () => {
		const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
		expect(refusalOf(deep(120_000))).toBe("bad_facts");
		expect(refusalOf(`[[99,${deep(120_000)}]]`)).toBe("bad_facts");
		expect(parseFacts(`[[99,${deep(10)}]]`)).toEqual({ facts: [], unknown: 1 });
	});

	test("that are too many, or have too many values, are refused", () => {
		const many = (count: number) => `[${Array(count).fill("[99]").join(",")}]`;
		expect(parseFacts(many(10_000))).toEqual({ facts: [], unknown: 10_000 });
		expect(refusalOf(many(10_001))).toBe("bad_facts");
		expect(refusalOf(`[[99${",1".repeat(200_000)}]]`)).toBe("bad_facts");
	});

	test.each([
		'[[99,{"__proto__":{"a":1}}]]',
		'[[99,[{"constructor":1}]]]',
		'[[99,{"prototype":0}]]',
	])("that name the machinery of objects are refused: %s", (json) => {
		expect(refusalOf(json)).toBe("bad_facts");
	});

	test("of any JSON are refused with a code or counted", () => {
		const row = fc.tuple(fc.integer({ min: -1, max: 20 }), fc.jsonValue({ maxDepth: 3 }));
		fc.assert(
			fc.property(fc.oneof(fc.array(row), fc.jsonValue()), (value) => {
				expect(["bad_facts", "accepted"]).toContain(refusalOf(JSON.stringify(value)));
			}),
		);
	});
});
