import { expect, test } from "vitest";
import { StoreError } from "../../../server/errors.ts";
import { sayTrouble } from "../../../server/store/say-trouble.ts";
import type { Store } from "../../../server/store/store.ts";

test("a store in trouble is told once when it begins and once when it is over", async () => {
	const lines: string[] = [];
	let now = 1_000_000;
	let isFull = false;
	const bare = {
		name: "/data",
		put: async () => {
			if (isFull) throw new StoreError("unavailable", "p/1: ENOSPC");
		},
	};
	const store = sayTrouble(
		bare as Partial<Store> as Store,
		() => now,
		(line) => lines.push(line),
	);
	const put = () => store.put("p/1", new Uint8Array()).catch(() => {});

	await put();
	isFull = true;
	for (let upload = 0; upload < 5; upload++) await put();
	isFull = false;
	await put();
	isFull = true;
	await put();
	expect(lines).toEqual([
		"the store /data cannot be written (p/1: ENOSPC); recorders keep what they have",
	]);
	isFull = false;
	now += 10_000;
	await put();
	await put();
	expect(lines.slice(1)).toEqual(["the store /data can be written again"]);
});
