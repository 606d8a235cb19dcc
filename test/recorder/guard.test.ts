import { expect, test } from "vitest";
import { createGuard } from "../../recorder/guard.ts";

const fail = () => {
	throw new Error("ours");
};

test("nothing is thrown, and errors are counted", () => {
	const guard = createGuard(
		() => 0,
		() => {},
	);
	expect(guard.wrap(fail)()).toBeUndefined();
	expect(guard.wrap((a: number, b: number) => a + b)(1, 2)).toBe(3);
	expect(guard.errors()).toBe(1);
});

test("after twenty errors it goes quiet, says so once and calls nothing any more", () => {
	let quiet = 0;
	const guard = createGuard(
		() => 0,
		() => quiet++,
	);
	for (let error = 0; error < 25; error++) guard.wrap(fail)();
	expect(guard.errors()).toBe(20);
	expect(quiet).toBe(1);
	expect(guard.wrap(() => "called")()).toBeUndefined();
});

test("time is taken once for calls inside calls, and starts anew with a stream", () => {
	let at = 0;
	const guard = createGuard(
		() => at,
		() => {},
	);
	const inner = guard.wrap(() => {
		at += 2;
	});
	const outer = guard.wrap(() => {
		inner();
		at += 3;
	});
	outer();
	inner();
	expect(guard.cost()).toEqual({ totalMs: 7, longestMs: 5 });
	guard.restart();
	expect(guard.cost()).toEqual({ totalMs: 0, longestMs: 0 });
});
