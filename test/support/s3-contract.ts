// What the product expects of any S3 server. It runs over the real one and over the in-memory one,
// which proves that the latter answers as S3 does where it is not told to fail.
import {
	CreateBucketCommand,
	DeleteObjectCommand,
	DeleteObjectsCommand,
	GetObjectCommand,
	HeadObjectCommand,
	ListObjectsV2Command,
	PutObjectCommand,
	type S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createS3Client, type S3Coordinates } from "./ceph-s3.ts";

/** Tests one server; every key is below `prefix()`, which must be fresh. */
export function testS3Contract(server: () => S3Coordinates, prefix: () => string): void {
	let client: S3Client;
	const at = (name: string) => ({ Bucket: server().bucket, Key: `${prefix()}/${name}` });
	const put = (name: string, Body: string | Buffer) =>
		client.send(new PutObjectCommand({ ...at(name), Body }));
	const read = async (name: string, Range?: string) => {
		const { Body, ContentRange } = await client.send(new GetObjectCommand({ ...at(name), Range }));
		return { text: await Body?.transformToString(), ContentRange };
	};
	const list = async (options: object) => {
		const { bucket: Bucket } = server();
		const page = await client.send(new ListObjectsV2Command({ Bucket, ...options }));
		const strip = (text = "") => text.slice(prefix().length + 1);
		return {
			keys: (page.Contents ?? []).map(({ Key }) => strip(Key)),
			groups: (page.CommonPrefixes ?? []).map(({ Prefix }) => strip(Prefix)),
			next: page.NextContinuationToken,
		};
	};

	beforeAll(() => {
		client = createS3Client(server());
	});
	afterAll(() => client.destroy());

	describe("objects", () => {
		beforeAll(() => put("object", "0123456789"));

		test.each([
			["bytes=2-4", "234", "bytes 2-4/10"],
			["bytes=7-", "789", "bytes 7-9/10"],
			["bytes=-3", "789", "bytes 7-9/10"],
			["bytes=8-99", "89", "bytes 8-9/10"],
		])("the range %s is %s", async (range, text, ContentRange) => {
			expect(await read("object", range)).toEqual({ text, ContentRange });
		});

		test("a range behind the end is refused with 416", async () => {
			await expect(read("object", "bytes=10-12")).rejects.toMatchObject({ name: "InvalidRange" });
		});

		test("HEAD gives the length and the ETag that GET gives", async () => {
			const head = await client.send(new HeadObjectCommand(at("object")));
			const got = await client.send(new GetObjectCommand(at("object")));
			await got.Body?.transformToByteArray();
			expect(head).toMatchObject({ ContentLength: 10, ETag: got.ETag });
		});

		test("bytes and odd names come back as they went", async () => {
			const name = "odd & (name) ä+é 'x' %41";
			const body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
			await put(name, body);
			const got = await client.send(new GetObjectCommand(at(name)));
			expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
			expect((await list({ Prefix: `${prefix()}/odd` })).keys).toEqual([name]);
		});

		test("what is not there is NoSuchKey", async () => {
			await expect(read("missing")).rejects.toMatchObject({ name: "NoSuchKey" });
		});

		test("DELETE removes, and is fine with what is not there", async () => {
			await put("gone", "x");
			await client.send(new DeleteObjectCommand(at("gone")));
			await client.send(new DeleteObjectCommand(at("gone")));
			await expect(read("gone")).rejects.toMatchObject({ name: "NoSuchKey" });
		});

		test("a body that does not fit its Content-MD5 is refused", async () => {
			const ContentMD5 = "AAAAAAAAAAAAAAAAAAAAAA==";
			const damaged = new PutObjectCommand({ ...at("damaged"), Body: "x", ContentMD5 });
			await expect(client.send(damaged)).rejects.toMatchObject({ name: "BadDigest" });
		});

		test("If-None-Match: * keeps the first object", async () => {
			await put("once", "first");
			const second = new PutObjectCommand({ ...at("once"), Body: "second", IfNoneMatch: "*" });
			await expect(client.send(second)).rejects.toMatchObject({ name: "PreconditionFailed" });
			expect((await read("once")).text).toBe("first");
		});
	});

	describe("listing", () => {
		const names = ["a", "b/1", "b/2", "b-", "c/1", "d", "ä"];
		beforeAll(() => Promise.all(names.map((name) => put(`list/${name}`, name))));
		const below = (name: string) => `list/${name}`;

		test("keys come in the order of their bytes", async () => {
			const { keys } = await list({ Prefix: `${prefix()}/list/` });
			expect(keys).toEqual(["a", "b-", "b/1", "b/2", "c/1", "d", "ä"].map(below));
		});

		test("a delimiter folds what lies deeper", async () => {
			const { keys, groups } = await list({ Prefix: `${prefix()}/list/`, Delimiter: "/" });
			expect(keys).toEqual(["a", "b-", "d", "ä"].map(below));
			expect(groups).toEqual(["b/", "c/"].map(below));
		});

		test("StartAfter leaves out the key it names", async () => {
			const StartAfter = `${prefix()}/list/b/1`;
			const { keys } = await list({ Prefix: `${prefix()}/list/`, StartAfter });
			expect(keys).toEqual(["b/2", "c/1", "d", "ä"].map(below));
		});

		test.each([1, 2, 3, 7])("pages of %i together give every entry once", async (MaxKeys) => {
			const seen: string[] = [];
			let ContinuationToken: string | undefined;
			do {
				const options = { Prefix: `${prefix()}/list/`, Delimiter: "/", MaxKeys, ContinuationToken };
				const page = await list(options);
				seen.push(...page.keys, ...page.groups);
				ContinuationToken = page.next;
			} while (ContinuationToken);
			expect(seen.sort()).toEqual(["a", "b-", "b/", "c/", "d", "ä"].map(below).sort());
		});

		test("many are deleted at once", async () => {
			await Promise.all(["x & y", "z"].map((name) => put(`many/${name}`, name)));
			const Objects = ["x & y", "z", "never"].map((name) => ({ Key: at(`many/${name}`).Key }));
			await client.send(new DeleteObjectsCommand({ Bucket: server().bucket, Delete: { Objects } }));
			expect((await list({ Prefix: `${prefix()}/many/` })).keys).toEqual([]);
		});
	});

	test.each([
		["secretAccessKey", "SignatureDoesNotMatch"],
		["accessKeyId", "InvalidAccessKeyId"],
	])("a wrong %s is %s", async (field, name) => {
		const stranger = createS3Client({ ...server(), [field]: "wrong" });
		const request = stranger.send(new GetObjectCommand(at("object")));
		await expect(request).rejects.toMatchObject({ name });
		stranger.destroy();
	});

	test("a bucket that is not there is NoSuchBucket", async () => {
		const request = client.send(new GetObjectCommand({ ...at("object"), Bucket: "nowhere" }));
		await expect(request).rejects.toMatchObject({ name: "NoSuchBucket" });
	});

	test("a new bucket can be used", async () => {
		const Bucket = `${server().bucket}-${prefix()}`;
		await client.send(new CreateBucketCommand({ Bucket }));
		await client.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x" }));
	});
}
