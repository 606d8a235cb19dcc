import { expect, test } from "vitest";
import { type Decision, decideReply, type Reply } from "../../../recorder/transport/decide.ts";

const NOW = Date.UTC(2030, 0, 1, 0, 0, 10);
const failed = (code: unknown) => JSON.stringify({ error: { code, message: "x" } });
const TOO_LARGE = failed("too_large");

const CASES: [what: string, reply: Reply, attempt: number, want: Decision][] = [
	["204 is accepted", [204], 0, []],
	["200 with directives is accepted", [200, '{"directives":[{"do":"stop"}]}'], 0, [{ do: "stop" }]],
	...["<html>", "null", "", "{}", '{"directives":1}'].map((body): (typeof CASES)[number] => [
		`200 with somebody else's page (${body}) is tried again`,
		...([[200, body], 0, 1000] as const),
	]),
	["no answer is tried again", [0], 0, 1000],
	["… later each time", [0], 3, 8000],
	["… but not later than a minute", [0], 30, 60_000],
	["503 is tried again when it says", [503, failed("store_unavailable"), "30"], 0, 30_000],
	["… or at the time it says", [503, "", "Tue, 01 Jan 2030 00:01:00 GMT"], 0, 50_000],
	["… or as usual when that is over", [503, "", "Tue, 01 Jan 2030 00:00:01 GMT"], 0, 1000],
	["… or when nobody knows what it says", [503, "", "soon"], 0, 1000],
	["… or when it says nothing", [503, "", null], 0, 1000],
	["… or at once", [503, "", "0"], 0, 1000],
	["429 is tried again", [429, failed("over_budget")], 0, 1000],
	["a wait that is too long is cut", [503, "", "1000000"], 0, 600_000],
	["413 of ours is dropped", [413, TOO_LARGE], 0, "drop"],
	["a wrong write key is dropped", [403, failed("wrong_write_key")], 0, "drop"],
	["404 of ours stops", [404, failed("unknown_site")], 0, "stop"],
	["403 of ours stops", [403, failed("origin_not_allowed")], 0, "stop"],
	["404 of a proxy is tried again", [404], 0, 1000],
	["… also where it has codes of its own", [404, failed(404)], 0, 1000],
	["… or none", [404, failed("")], 0, 1000],
	["500 is tried again", [500], 1, 2000],
	["… whatever its code", [500, TOO_LARGE], 1, 2000],
];

test.each(CASES)("%s", (_what, reply, attempt, want) => {
	expect(decideReply(reply, attempt, 0.5, NOW)).toEqual(want);
});

test("pages that failed together come back at different times", () => {
	expect(decideReply([0], 0, 0, NOW)).toBe(500);
	expect(decideReply([0], 0, 1, NOW)).toBe(1500);
});
