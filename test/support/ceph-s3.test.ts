import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { createS3Client, startCephS3 } from "./ceph-s3.ts";
import { testS3Contract } from "./s3-contract.ts";
import { describeWithS3 } from "./suites.ts";

describeWithS3("the real S3 server", (s3) => {
	testS3Contract(s3, () => s3().prefix);

	test("is unreachable while paused and comes back with its data", async () => {
		const client = createS3Client(s3());
		const at = { Bucket: s3().bucket, Key: `${s3().prefix}/kept` };
		await client.send(new PutObjectCommand({ ...at, Body: "kept" }));
		await s3().pause();
		await expect(fetch(s3().endpoint)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
		await expect(client.send(new PutObjectCommand({ ...at, Body: "lost" }))).rejects.toThrow();
		await s3().resume();
		const { Body } = await client.send(new GetObjectCommand(at));
		expect(await Body?.transformToString()).toBe("kept");
		await client.send(new PutObjectCommand({ ...at, Body: "again" }));
		client.destroy();
	});

	test("an existing server is used, paused behind a gate, and left clean", async () => {
		const { accessKeyId, secretAccessKey, endpoint, bucket } = s3();
		const url = new URL(`/${bucket}`, endpoint);
		Object.assign(url, { username: accessKeyId, password: secretAccessKey });
		const external = await startCephS3(url.href);
		const client = createS3Client(external);
		const at = { Bucket: external.bucket, Key: `${external.prefix}/kept` };
		await client.send(new PutObjectCommand({ ...at, Body: "kept" }));
		await external.pause();
		await expect(client.send(new GetObjectCommand(at))).rejects.toThrow();
		await external.resume();
		const { Body } = await client.send(new GetObjectCommand(at));
		expect(await Body?.transformToString()).toBe("kept");
		client.destroy();
		await external.stop();

		const direct = createS3Client(s3());
		await expect(direct.send(new GetObjectCommand(at))).rejects.toMatchObject({
			name: "NoSuchKey",
		});
		direct.destroy();
	});
});

test("an address of an S3 server that lacks a bucket is refused with the form it must have", async () => {
	await expect(startCephS3("http://key:secret@127.0.0.1:1/")).rejects.toThrow(
		"http://key:secret@host:port/bucket",
	);
});
