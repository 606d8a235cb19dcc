// The table that a map is taken away as: what a spreadsheet reads of it is what the map says.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CsvElement, heatmapToCsv } from "../../signals/heatmap-csv.ts";

const HEAD = "key,name,role,tag,presses,sessions,views,exposed_views,rate,lower,upper";

const BUTTON: CsvElement = {
	...{ key: "testid:add-to-cart", text: "Add to cart", role: "button", tag: "button" },
	...{ presses: 12, sessions: 9, views: 10, exposedViews: 40 },
	bins: [
		[31, 32, 7],
		[40, 20, 5],
	],
};

test("an empty map is its columns", () => {
	expect(heatmapToCsv({ elements: [] })).toBe(`${HEAD}\r\n`);
});

test("an element is a line, its rate is of the views that showed it, with Wilson's interval", () => {
	expect(heatmapToCsv({ elements: [BUTTON] })).toBe(
		`${HEAD}\r\ntestid:add-to-cart,Add to cart,button,button,12,9,10,40,0.2500,0.1419,0.4019\r\n`,
	);
});

test("bins stand in a last column where they are asked for", () => {
	const lines = heatmapToCsv({ elements: [BUTTON] }, { bins: true }).split("\r\n");
	expect(lines[0]).toBe(`${HEAD},bins`);
	expect(lines[1]).toMatch(/,0\.4019,31 32 7;40 20 5$/);
});

test("what nobody saw has no rate, and who pressed has seen", () => {
	const unseen = { ...BUTTON, presses: 0, sessions: 0, views: 0, exposedViews: 0 };
	const blind = { ...BUTTON, views: 3, exposedViews: 0 };
	const [, first, second] = heatmapToCsv({ elements: [unseen, blind] }).split("\r\n");
	expect(first).toMatch(/,0,0,0,0,,,$/);
	expect(second).toMatch(/,3,0,1\.0000,0\.4385,1\.0000$/);
});

describe("a text of the page", () => {
	test.each([
		["=HYPERLINK(A1)", "'=HYPERLINK(A1)"],
		["+1", "'+1"],
		["-1+2", "'-1+2"],
		["@SUM(A1)", "'@SUM(A1)"],
		["\t=1", "'\t=1"],
		["＝1", "'＝1"],
		['=1,"a"', `"'=1,""a"""`],
		['Say "hello", please', '"Say ""hello"", please"'],
		["two\nlines", '"two\nlines"'],
		["a=b", "a=b"],
		["", ""],
	])("that says %j stands in the table as %j", (text, want) => {
		const line = heatmapToCsv({ elements: [{ ...BUTTON, key: "k", text }] }).slice(HEAD.length + 2);
		expect(line.startsWith(`k,${want},button,`)).toBe(true);
	});

	test("is read back as it was, but for the apostrophe", () => {
		const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n",a ') }));
		fc.assert(
			fc.property(fc.array(fc.tuple(text, text)), (texts) => {
				const elements = texts.map(([key, text]) => ({ ...BUTTON, key, text }));
				const [, ...rows] = readCsv(heatmapToCsv({ elements }));
				const cells = rows.map((row) => row.slice(0, 2));
				for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
				expect(cells.map((row) => row.map(withoutApostrophe))).toEqual(
					texts.map((row) => row.map(withoutApostrophe)),
				);
			}),
		);
	});
});

test("times stand in columns of their own where any are known", () => {
	const hesitation = { sessions: 40, medianMs: 900, ratio: 2.31, lower: 1.62, upper: 3.18 };
	const rows = readCsv(heatmapToCsv({ elements: [{ ...BUTTON, hesitation }, BUTTON] }));
	const times = rows.map((row) => row.slice(HEAD.split(",").length));
	expect(times).toEqual([
		["timed_sessions", "median_seconds", "slower", "slower_lower", "slower_upper"],
		["40", "0.9000", "2.3100", "1.6200", "3.1800"],
		["", "", "", "", ""],
	]);
	expect(heatmapToCsv({ elements: [BUTTON] }).split("\r\n")[0]).toBe(HEAD);
});

function withoutApostrophe(cell: string): string {
	return cell.replace(/^'/, "");
}

/** As RFC 4180 says it is read. */
function readCsv(csv: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
	while (cell.lastIndex < csv.length) {
		const [, quoted, plain = "", end] = cell.exec(csv) ?? [];
		if (end === undefined) throw new Error("not a CSV");
		row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
		if (end === ",") continue;
		rows.push(row);
		row = [];
	}
	return rows;
}
