import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import { CHUNK_BYTES } from "../../../protocol/limits.ts";
import { createMemory } from "../../../server/ingest/memory.ts";
import { readBody } from "../../../server/ingest/read-body.ts";
import { waitFor } from "../../support/wait-for.ts";

const MEGABYTE = 1024 * 1024;

describe("the body of an upload", () => {
	test("is counted as it comes, until it is released", async () => {
		const memory = createMemory(10 * MEGABYTE);
		const stream = new PassThrough();
		const body = readBody(stream, memory);
		stream.write(Buffer.alloc(1000));
		await waitFor(() => memory.held() === 1000, { what: "the first bytes" });
		stream.end(Buffer.alloc(500));
		const { bytes, release } = await body;
		expect([bytes.length, memory.held()]).toEqual([1500, 1500]);
		release();
		release();
		expect(memory.held()).toBe(0);
	});

	const refusals: [
		name: string,
		memoryBytes: number,
		send: (stream: PassThrough) => void,
		want: object,
	][] = [
		[
			"that is too large",
			10 * MEGABYTE,
			(stream) => stream.end(Buffer.alloc(CHUNK_BYTES + 1)),
			{ code: "too_large" },
		],
		[
			"for which there is no room",
			MEGABYTE,
			(stream) => stream.end(Buffer.alloc(2 * MEGABYTE)),
			{ code: "store_unavailable" },
		],
		[
			"that breaks off",
			10 * MEGABYTE,
			(stream) => {
				stream.write(Buffer.alloc(1000));
				stream.destroy();
			},
			{ statusCode: 408 },
		],
		[
			"that does not end",
			10 * MEGABYTE,
			(stream) => stream.write(Buffer.alloc(1000)),
			{ statusCode: 408 },
		],
	];
	test.each(refusals)("%s is refused, and nothing of it is held", async (_, bytes, send, want) => {
		const memory = createMemory(bytes);
		const stream = new PassThrough();
		const body = readBody(stream, memory, 50);
		send(stream);
		await expect(body).rejects.toMatchObject(want);
		expect(memory.held()).toBe(0);
	});
});
