// What is asked for is what is measured: a name that nothing has must not quietly measure everything.
import { expect, test } from "vitest";
import { readArguments } from "../../../bench/recorder/arguments.ts";
import { listPages } from "../../../bench/recorder/pages.ts";
import { RECORDERS } from "../../../bench/recorder/recorders.ts";

const choices = { pages: listPages({ quick: false }), recorders: RECORDERS };
const read = (line: string) => {
	const { pages, recorders, ...rest } = readArguments(line.split(" ").filter(Boolean), choices);
	const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);
	return { ...rest, pages: names(pages), recorders: names(recorders) };
};

test("nothing named means everything, five times", () => {
	const all = read("");
	expect(all).toMatchObject({ rounds: 5, json: false });
	expect(all.pages).toHaveLength(choices.pages.length);
	expect(all.recorders).toHaveLength(choices.recorders.length);
});

test("pages and recorders are chosen by name or kind, and no recorder is always among them", () => {
	expect(read("stress Snag")).toMatchObject({ pages: ["stress"], recorders: ["none", "Snag"] });
	expect(read("size rrweb").pages).toEqual(["10k nodes", "50k nodes"]);
	expect(read("rival").recorders).toEqual(["none", "Clarity", "Sentry", "Datadog"]);
});

test("the number of rounds is not taken for a name", () => {
	expect(read("--rounds 2 vue --json")).toMatchObject({ rounds: 2, json: true, pages: ["vue"] });
	expect(read("--quick").rounds).toBe(1);
});

test.each(["nobody", "--rounds", "--rounds 0", "--rounds many"])("%s is refused", (line) => {
	expect(() => read(line)).toThrow();
});

test("there are at least six applications, each of another framework", () => {
	const applications = choices.pages.filter(({ kind }) => kind === "application");
	expect(new Set(applications.map(({ file }) => file)).size).toBeGreaterThanOrEqual(6);
});
