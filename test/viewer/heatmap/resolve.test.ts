import { describe, expect, test } from "vitest";
import { findElement } from "../../../viewer/heatmap/resolve.ts";

const path = '[id="list"] > li:nth-of-type(2)';
const replaced = '[id="list"] > li:nth-of-type(3)';
/** A document as a table: selector → the elements it finds. */
const page: Record<string, string[]> = {
	'[id="buy"]': ["buy"],
	'[name="size"]': ["small", "large"],
	[path]: ["second"],
	[replaced]: ["another product"],
	'[data-testid="pay"]': [],
};
const fits = (element: string) => element !== "another product";
const findAll = (selector: string): string[] => {
	if (selector.includes("broken")) throw new Error("not a selector here");
	return page[selector] ?? [];
};

describe("an element is found only where its key names exactly one that fits", () => {
	test.each([
		["the first candidate", [["id", "buy"]], { element: "buy" }],
		[
			"the next, where the first is gone",
			[
				["test", "data-testid=pay"],
				["path", path],
			],
			{ element: "second" },
		],
		[
			"the next, where the first has become ambiguous",
			[
				["name", "size"],
				["path", path],
			],
			{ element: "second" },
		],
		["ambiguous", [["name", "size"]], { reason: "ambiguous" }],
		["replaced", [["path", replaced]], { reason: "replaced" }],
		[
			"replaced, where its name has become ambiguous too",
			[
				["name", "size"],
				["path", replaced],
			],
			{ reason: "replaced" },
		],
		["gone", [["id", "sale"]], { reason: "not_found" }],
		["not readable as a selector", [["id", "broken"]], { reason: "not_found" }],
		["not described", [], { reason: "no_definition" }],
		["not of our making", [["path", "*"]], { reason: "no_definition" }],
	])("%s", (_, candidates, want) => {
		expect(findElement(candidates, findAll, fits)).toEqual(want);
	});
});
