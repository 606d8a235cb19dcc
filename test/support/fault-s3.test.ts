import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createS3Client } from "./ceph-s3.ts";
import { type FaultS3, startFaultS3 } from "./fault-s3.ts";
import { testS3Contract } from "./s3-contract.ts";

describe("the in-memory S3 server", () => {
	let s3: FaultS3;
	beforeAll(async () => {
		s3 = await startFaultS3();
	});
	afterAll(() => s3.stop());
	testS3Contract(
		() => s3,
		() => "prefix",
	);
});

describe("a fault", () => {
	let s3: FaultS3;
	let client: S3Client;
	beforeEach(async () => {
		s3 = await startFaultS3();
		client = createS3Client(s3, { maxAttempts: 1 });
	});
	afterEach(async () => {
		client.destroy();
		await s3.stop();
	});
	const put = () => client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: "k", Body: "v" }));
	const isStored = () => s3.buckets.get(s3.bucket)?.has("k");

	test("before the write leaves nothing behind", async () => {
		s3.faults.before = () => ({ status: 503, code: "SlowDown" });
		await expect(put()).rejects.toMatchObject({
			name: "SlowDown",
			$metadata: { httpStatusCode: 503 },
		});
		expect(isStored()).toBe(false);
	});

	test("after the write says no although the object is stored", async () => {
		s3.faults.after = () => ({ status: 500, code: "InternalError" });
		await expect(put()).rejects.toMatchObject({ name: "InternalError" });
		expect(isStored()).toBe(true);
	});

	test("can drop the connection", async () => {
		s3.faults.before = () => "drop";
		await expect(put()).rejects.toMatchObject({ code: "ECONNRESET" });
		expect(isStored()).toBe(false);
	});

	test("can hold a request until the test lets it go", async () => {
		let letGo = () => {};
		const reached = new Promise<void>((resolve) => {
			s3.faults.before = () => {
				resolve();
				return new Promise((release) => {
					letGo = () => release(undefined);
				});
			};
		});
		const answer = put();
		await reached;
		expect(isStored()).toBe(false);
		letGo();
		await answer;
		expect(isStored()).toBe(true);
	});

	test("can be aimed at one operation, and taken back", async () => {
		s3.faults.before = ({ operation, key }) =>
			operation === "GetObject" && key === "k" ? { status: 503, code: "SlowDown" } : undefined;
		await put();
		const get = new GetObjectCommand({ Bucket: s3.bucket, Key: "k" });
		await expect(client.send(get)).rejects.toMatchObject({ name: "SlowDown" });
		s3.faults.before = undefined;
		expect(await (await client.send(get)).Body?.transformToString()).toBe("v");
	});

	test("that hangs does not keep the server from stopping", async () => {
		const reached = new Promise<void>((resolve) => {
			s3.faults.after = () => {
				resolve();
				return new Promise(() => {});
			};
		});
		const answer = expect(put()).rejects.toThrow();
		await reached;
		await s3.stop();
		await answer;
		s3 = await startFaultS3();
	});
});
