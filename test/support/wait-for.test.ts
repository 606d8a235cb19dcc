import { expect, test } from "vitest";
import { waitFor } from "./wait-for.ts";

test("gives the first truthy value", async () => {
	let calls = 0;
	expect(await waitFor(() => ++calls > 2 && `after ${calls}`, { what: "three calls" })).toBe(
		"after 3",
	);
});

test.each([
	["the last value", () => 0, "the last value was 0"],
	[
		"what the condition threw",
		() => {
			throw new Error("no such row");
		},
		"it last threw Error: no such row",
	],
	["a condition that hangs", () => new Promise(() => {}), "the condition never gave an answer"],
])("an error tells what was awaited and %s", async (_, condition, end) => {
	const wait = waitFor(condition, { what: "the session to finish", timeoutMs: 60 });
	await expect(wait).rejects.toThrow(`waited 60 ms for the session to finish; ${end}`);
});

test("a signal ends the wait with its reason", async () => {
	const gone = new AbortController();
	const wait = waitFor(() => gone.abort(new Error("the process died")), {
		what: "something that never comes",
		signal: gone.signal,
	});
	await expect(wait).rejects.toThrow("the process died");
});
