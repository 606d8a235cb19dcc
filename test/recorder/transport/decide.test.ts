import { expect, test } from "vitest";
import { type Decision, decideReply, type Reply } from "../../../recorder/transport/decide.ts";
import { parseAnswer, parseRetryAfter } from "../../../recorder/transport/post.ts";

const CASES: [what: string, reply: Partial<Reply>, attempt: number, want: Decision][] = [
	["204 is accepted", { status: 204 }, 0, { do: "accept", directives: [] }],
	[
		"200 with directives is accepted",
		{ status: 200, directives: [{ do: "stop" }] },
		0,
		{ do: "accept", directives: [{ do: "stop" }] },
	],
	[
		"200 with somebody else's page is tried again",
		{ status: 200 },
		0,
		{ do: "retry", afterMs: 1000 },
	],
	["no answer is tried again", { status: 0 }, 0, { do: "retry", afterMs: 1000 }],
	["… later each time", { status: 0 }, 3, { do: "retry", afterMs: 8000 }],
	["… but not later than a minute", { status: 0 }, 30, { do: "retry", afterMs: 60_000 }],
	[
		"503 is tried again when it says",
		{ status: 503, code: "store_unavailable", retryAfterMs: 30_000 },
		0,
		{ do: "retry", afterMs: 30_000 },
	],
	["429 is tried again", { status: 429, code: "over_budget" }, 0, { do: "retry", afterMs: 1000 }],
	[
		"a wait that is too long is cut",
		{ status: 503, retryAfterMs: 1e9 },
		0,
		{ do: "retry", afterMs: 600_000 },
	],
	["413 of ours is dropped", { status: 413, code: "too_large" }, 0, { do: "drop" }],
	["a wrong write key is dropped", { status: 403, code: "wrong_write_key" }, 0, { do: "drop" }],
	["404 of ours stops", { status: 404, code: "unknown_site" }, 0, { do: "stop" }],
	["403 of ours stops", { status: 403, code: "origin_not_allowed" }, 0, { do: "stop" }],
	["404 of a proxy is tried again", { status: 404 }, 0, { do: "retry", afterMs: 1000 }],
	["500 is tried again", { status: 500 }, 1, { do: "retry", afterMs: 2000 }],
];

test.each(CASES)("%s", (_what, reply, attempt, want) => {
	expect(decideReply({ status: 0, code: "", retryAfterMs: 0, ...reply }, attempt, 0.5)).toEqual(
		want,
	);
});

test("pages that failed together come back at different times", () => {
	const wait = (random: number) => decideReply({ status: 0, code: "", retryAfterMs: 0 }, 0, random);
	expect(wait(0)).toEqual({ do: "retry", afterMs: 500 });
	expect(wait(1)).toEqual({ do: "retry", afterMs: 1500 });
});

test.each([
	['{"error":{"code":"too_large","message":"x"}}', { code: "too_large" }],
	['{"directives":[{"do":"stop"}]}', { code: "", directives: [{ do: "stop" }] }],
	["<html>", { code: "" }],
	["null", { code: "" }],
	["", { code: "" }],
])("the body %s says %o", (text, want) => {
	expect(parseAnswer(text)).toEqual(want);
});

test.each([
	[null, 0],
	["", 0],
	["2", 2000],
	["Thu, 01 Jan 1970 00:01:00 GMT", 50_000],
	["Thu, 01 Jan 1970 00:00:01 GMT", 0],
	["soon", 0],
])("Retry-After %s is %i ms ten seconds after the epoch", (value, want) => {
	expect(parseRetryAfter(value, 10_000)).toBe(want);
});
