import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { streamList } from "../../../server/api/stream-list.ts";

async function* give(pieces: unknown[][], end?: Error): AsyncGenerator<unknown[]> {
	yield* pieces;
	if (end !== undefined) throw end;
}

test.each<[unknown[][]]>([
	[[]],
	[[[]]],
	[[[1]]],
	[[[1, "a"], [], [{ b: [2] }], [null]]],
	[[[], [["x,]"]], []]],
])("%j is sent as one list", async (pieces) => {
	expect(JSON.parse(await text(await streamList(give(pieces))))).toEqual(pieces.flat());
});

test("what fails at once is an error before anything is sent", async () => {
	await expect(streamList(give([], new Error("gone")))).rejects.toThrow("gone");
});

test("what fails later ends the stream, and never looks like a whole list", async () => {
	const stream = await streamList(give([[1], [2]], new Error("gone")));
	let sent = "";
	stream.on("data", (piece) => {
		sent += piece;
	});
	await expect(new Promise((_, reject) => stream.on("error", reject))).rejects.toThrow("gone");
	expect(() => JSON.parse(sent)).toThrow();
});

test("whoever stops listening stops the reading", async () => {
	let isEnded = false;
	async function* endless(): AsyncGenerator<unknown[]> {
		try {
			for (;;) yield ["x".repeat(1000)];
		} finally {
			isEnded = true;
		}
	}
	const stream = await streamList(endless());
	await new Promise((next) => stream.once("data", next));
	stream.destroy();
	await expect.poll(() => isEnded).toBe(true);
});
