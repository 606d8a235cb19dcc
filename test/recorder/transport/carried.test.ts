import { expect, test } from "vitest";
import { CARRIED_BYTES } from "../../../protocol/limits.ts";
import type { KeyValue } from "../../../recorder/session/key-value.ts";
import { takeCarried, writeCarried } from "../../../recorder/transport/carried.ts";

function createStore(): KeyValue {
	const map = new Map<string, string>();
	return {
		get: (key) => map.get(key),
		set: (key, value) => void map.set(key, value),
		remove: (key) => void map.delete(key),
	};
}
const bytes = (length: number, seed = 7) =>
	Uint8Array.from({ length }, (_, index) => (index * seed) & 255);

test("chunks are carried byte for byte, and once", () => {
	const store = createStore();
	const chunks = [bytes(10), bytes(100_000, 13)];
	writeCarried(store, "k", chunks, 1000);
	expect(takeCarried(store, "k", 2000)).toEqual(chunks);
	expect(takeCarried(store, "k", 2000)).toEqual([]);
});

test("what does not fit is left out, the first first", () => {
	const store = createStore();
	writeCarried(store, "k", [bytes(10), bytes(CARRIED_BYTES), bytes(20)], 0);
	expect(takeCarried(store, "k", 0).map(({ length }) => length)).toEqual([10, 20]);
});

test("chunks of yesterday are not sent", () => {
	const store = createStore();
	writeCarried(store, "k", [bytes(10)], 0);
	expect(takeCarried(store, "k", 25 * 3_600_000)).toEqual([]);
});

test("garbage in storage is nothing", () => {
	const store = createStore();
	for (const text of ["", "{", "null", '{"at":1}', '{"at":1,"chunks":["%"]}']) {
		store.set("k", text);
		expect(takeCarried(store, "k", 1)).toEqual([]);
	}
});
