// What an engine that refuses means for the rows: those it can never take are given up, so that they do
// not hold up the others; those it cannot take now are kept.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { IndexRefusal, IndexUnavailable } from "../../server/errors.ts";
import { createIndex } from "../../server/index/client.ts";

test.each([
	[
		"Code: 243. DB::Exception: Cannot reserve 1.00 MiB, not enough space. (UNKNOWN)",
		IndexUnavailable,
	],
	["Code: 241. DB::Exception: Memory limit exceeded. (UNKNOWN)", IndexUnavailable],
	["Code: 252. DB::Exception: Too many parts. (UNKNOWN)", IndexUnavailable],
	["Code: 25. DB::Exception: Cannot parse escape sequence. (UNKNOWN)", IndexRefusal],
])("%s", async (text, wanted) => {
	const engine = createServer((request, response) => {
		request.resume();
		response.writeHead(500).end(text);
	});
	await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(engine.address() as AddressInfo).port}`;
	const index = createIndex({ url, log: () => {} });
	await expect(index.insert("chunks", Buffer.from('{"site":1}\n'))).rejects.toThrow(wanted);
	await index.close();
	engine.close();
});
