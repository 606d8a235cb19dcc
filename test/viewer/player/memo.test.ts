// Values made last are not made again.
import { expect, test } from "vitest";
import { createMemo } from "../../../viewer/player/memo.ts";

test("a value is made once, until others were used more lately", () => {
	const memo = createMemo<string>(2);
	const made: string[] = [];
	const get = (name: string) =>
		memo.get(name, () => {
			made.push(name);
			return name.toUpperCase();
		});
	expect(["a", "b", "a", "c", "a", "b"].map(get)).toEqual(["A", "B", "A", "C", "A", "B"]);
	expect(made).toEqual(["a", "b", "c", "b"]);
	memo.clear();
	get("a");
	expect(made.at(-1)).toBe("a");
});
