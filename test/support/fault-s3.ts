// An in-memory S3 whose only purpose is to fail on command: a store that hangs, says 503, drops
// the connection, or stores an object and then says that it did not. Everything that is not a
// fault is tested against a real server (ceph-s3.ts). Multipart uploads, presigned URLs and
// streamed (aws-chunked) bodies are refused, since the product uses none of them.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Coordinates } from "./ceph-s3.ts";
import { listKeys } from "./s3-listing.ts";
import { findSignatureFault } from "./s3-signature.ts";

export interface FaultS3 extends S3Coordinates {
	/** What is stored, by bucket and key, for tests that look behind the API. */
	buckets: Map<string, Map<string, StoredObject>>;
	/** May be set and changed at any time; applies to every request that comes after. */
	faults: Faults;
	stop(): Promise<void>;
}

export interface Faults {
	/** Runs when a request is read and its signature is right, before it has any effect. */
	before?: FaultHook;
	/** Runs when it has had its effect, before the answer. */
	after?: FaultHook;
}

/** Delays by resolving later; its value is what the client gets instead of the answer. */
export type FaultHook = (request: FaultRequest) => Fault | undefined | Promise<Fault | undefined>;

export type Fault = { status: number; code: string } | "drop";

export interface FaultRequest {
	operation: Operation;
	bucket: string;
	/** Empty for requests on the bucket. */
	key: string;
	body: Buffer;
}

export type Operation =
	| "CreateBucket"
	| "HeadBucket"
	| "ListObjectsV2"
	| "DeleteObjects"
	| "PutObject"
	| "GetObject"
	| "HeadObject"
	| "DeleteObject";

export interface StoredObject {
	body: Buffer;
	etag: string;
	contentType: string;
	modifiedAt: Date;
}

interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: Buffer | string;
}

interface ParsedRequest extends FaultRequest {
	message: IncomingMessage;
	url: URL;
}

const KEYS = { accessKeyId: "TESTKEY", secretAccessKey: "TESTSECRET" };
const MAX_KEYS = 1_000;

/** Starts the server on loopback with an empty bucket. */
export async function startFaultS3(faults: Faults = {}): Promise<FaultS3> {
	const bucket = "snag-test";
	const buckets: FaultS3["buckets"] = new Map([[bucket, new Map()]]);
	const server = createServer((message, response) => {
		// A client that gives up in the middle of its request breaks the reading: no answer is due.
		serve(message, response, buckets, faults).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		endpoint: `http://127.0.0.1:${port}`,
		...KEYS,
		bucket,
		buckets,
		faults,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				// Also ends requests that hang in a hook.
				server.closeAllConnections();
			}),
	};
}

async function serve(
	message: IncomingMessage,
	response: ServerResponse,
	buckets: FaultS3["buckets"],
	faults: Faults,
): Promise<void> {
	const url = new URL(message.url ?? "/", "http://127.0.0.1");
	const body = await readBody(message);
	const code = findSignatureFault({ message, url, body }, KEYS, Date.now());
	if (code) return send(message, response, describeError(403, code));
	const request = parseRequest(message, url, body);
	if (!request) return send(message, response, describeError(501, "NotImplemented"));

	const refused = await faults.before?.(request);
	if (refused) return fail(message, response, refused);
	const answer = handle(request, buckets);
	const hidden = await faults.after?.(request);
	if (hidden) return fail(message, response, hidden);
	send(message, response, answer);
}

function parseRequest(message: IncomingMessage, url: URL, body: Buffer): ParsedRequest | undefined {
	const [, bucket = "", ...rest] = url.pathname.split("/").map(decodeURIComponent);
	const key = rest.join("/");
	const operation = findOperation(message, url, key);
	return operation && { operation, bucket, key, body, message, url };
}

function findOperation(message: IncomingMessage, url: URL, key: string): Operation | undefined {
	const { method = "" } = message;
	const has = (name: string) => url.searchParams.has(name) || name in message.headers;
	const isRefused = ["uploads", "uploadId", "X-Amz-Signature", "x-amz-copy-source"].some(has);
	const isStreamed = /^STREAMING-/.test(String(message.headers["x-amz-content-sha256"]));
	if (isRefused || isStreamed) return undefined;
	const onObject: Record<string, Operation> = {
		PUT: "PutObject",
		GET: "GetObject",
		HEAD: "HeadObject",
		DELETE: "DeleteObject",
	};
	if (key) return onObject[method];
	if (method === "POST") return has("delete") ? "DeleteObjects" : undefined;
	if (method === "GET") return has("list-type") ? "ListObjectsV2" : undefined;
	return method === "PUT" ? "CreateBucket" : method === "HEAD" ? "HeadBucket" : undefined;
}

function handle(request: ParsedRequest, buckets: FaultS3["buckets"]): Answer {
	const { operation, key, message } = request;
	const bucket = buckets.get(request.bucket);
	if (operation === "CreateBucket") {
		if (bucket) return describeError(409, "BucketAlreadyOwnedByYou");
		buckets.set(request.bucket, new Map());
		return { status: 200 };
	}
	if (!bucket) return describeError(404, "NoSuchBucket");
	switch (operation) {
		case "HeadBucket":
			return { status: 200 };
		case "ListObjectsV2":
			return list(bucket, request.url.searchParams);
		case "DeleteObjects":
			return deleteAll(bucket, request.body.toString());
		case "PutObject":
			return put(bucket, request);
		case "GetObject":
		case "HeadObject":
			return get(bucket.get(key), message.headers.range);
		case "DeleteObject":
			bucket.delete(key);
			return { status: 204 };
	}
}

function put(bucket: Map<string, StoredObject>, { key, body, message }: ParsedRequest): Answer {
	const { "content-md5": md5, "if-none-match": condition } = message.headers;
	const digest = createHash("md5").update(body).digest();
	if (md5 && md5 !== digest.toString("base64")) return describeError(400, "BadDigest");
	if (condition === "*" && bucket.has(key)) return describeError(412, "PreconditionFailed");
	const etag = `"${digest.toString("hex")}"`;
	const contentType = message.headers["content-type"] ?? "binary/octet-stream";
	bucket.set(key, { body, etag, contentType, modifiedAt: new Date() });
	return { status: 200, headers: { etag } };
}

function get(object: StoredObject | undefined, range: string | undefined): Answer {
	if (!object) return describeError(404, "NoSuchKey");
	const headers = {
		etag: object.etag,
		"content-type": object.contentType,
		"last-modified": object.modifiedAt.toUTCString(),
		"accept-ranges": "bytes",
	};
	const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
	const size = object.body.length;
	if (!first && !last) return { status: 200, headers, body: object.body };
	const from = first ? Number(first) : Math.max(0, size - Number(last));
	const to = first && last ? Math.min(Number(last), size - 1) : size - 1;
	if (from > to) return describeError(416, "InvalidRange");
	const body = object.body.subarray(from, to + 1);
	return {
		status: 206,
		headers: { ...headers, "content-range": `bytes ${from}-${to}/${size}` },
		body,
	};
}

function list(bucket: Map<string, StoredObject>, query: URLSearchParams): Answer {
	const token = query.get("continuation-token");
	const maxKeys = Math.min(MAX_KEYS, Number(query.get("max-keys") ?? MAX_KEYS));
	const prefix = query.get("prefix") ?? "";
	const delimiter = query.get("delimiter") ?? "";
	const after = token ? Buffer.from(token, "base64url").toString() : query.get("start-after");
	const page = listKeys(bucket.keys(), { prefix, delimiter, after: after ?? "", maxKeys });
	const encode = query.get("encoding-type") === "url" ? encodeURIComponent : escapeXml;
	const contents = page.keys.map((key) => {
		const { body, etag, modifiedAt } = bucket.get(key) as StoredObject;
		return `<Contents><Key>${encode(key)}</Key><LastModified>${modifiedAt.toISOString()}</LastModified>\
<ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size></Contents>`;
	});
	const groups = page.commonPrefixes.map(
		(group) => `<CommonPrefixes><Prefix>${encode(group)}</Prefix></CommonPrefixes>`,
	);
	const next = page.next === undefined ? "" : Buffer.from(page.next).toString("base64url");
	const body = `<ListBucketResult><Prefix>${encode(prefix)}</Prefix><MaxKeys>${maxKeys}</MaxKeys>\
<KeyCount>${contents.length + groups.length}</KeyCount><IsTruncated>${next !== ""}</IsTruncated>\
${next && `<NextContinuationToken>${next}</NextContinuationToken>`}\
${contents.join("")}${groups.join("")}</ListBucketResult>`;
	return { status: 200, body };
}

function deleteAll(bucket: Map<string, StoredObject>, body: string): Answer {
	const keys = [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = ""]) => unescapeXml(key));
	for (const key of keys) bucket.delete(key);
	const deleted = keys.map((key) => `<Deleted><Key>${escapeXml(key)}</Key></Deleted>`);
	return { status: 200, body: `<DeleteResult>${deleted.join("")}</DeleteResult>` };
}

function fail(message: IncomingMessage, response: ServerResponse, fault: Fault): void {
	if (fault === "drop") response.destroy();
	else send(message, response, describeError(fault.status, fault.code));
}

function send(message: IncomingMessage, response: ServerResponse, answer: Answer): void {
	const { status, headers, body = "" } = answer;
	const bytes = Buffer.from(body);
	// A HEAD answer carries the length of the body that it leaves out; 204 must not carry any.
	const length = status === 204 ? {} : { "content-length": String(bytes.length) };
	response.writeHead(status, { "content-type": "application/xml", ...headers, ...length });
	response.end(message.method === "HEAD" ? undefined : bytes);
}

function describeError(status: number, code: string): Answer {
	return {
		status,
		body: `<Error><Code>${escapeXml(code)}</Code><Message>${code}</Message></Error>`,
	};
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(part);
	return Buffer.concat(parts);
}

const XML_ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

function escapeXml(text: string): string {
	return Object.entries(XML_ENTITIES).reduce(
		(out, [raw, entity]) => out.replaceAll(raw, entity),
		text,
	);
}

function unescapeXml(text: string): string {
	const named = Object.entries(XML_ENTITIES).reverse();
	const numbered = text.replace(/&#x([0-9a-f]+);/gi, (_, code) =>
		String.fromCodePoint(Number(`0x${code}`)),
	);
	return named.reduce((out, [raw, entity]) => out.replaceAll(entity, raw), numbered);
}
