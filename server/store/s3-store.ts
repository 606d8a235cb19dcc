// Objects in a bucket. Only PUT, range GET, LIST and DELETE are used, and no checksum extension, so that
// every S3-compatible server will do.
import { open } from "node:fs/promises";
import {
	DeleteObjectCommand,
	GetObjectCommand,
	ListObjectsV2Command,
	PutObjectCommand,
	type PutObjectCommandInput,
	S3Client,
	type S3ClientConfig,
	S3ServiceException,
} from "@aws-sdk/client-s3";
import { PACK_BYTES } from "../../protocol/limits.ts";
import type { S3Storage } from "../config.ts";
import { StartError, StoreError } from "../errors.ts";
import { hedge, type Patience } from "./hedge.ts";
import { isKey } from "./layout.ts";
import type { Store, StoredObject } from "./store.ts";

const CONNECT_MS = 3000;
const REQUEST_MS = 10_000;
/** A recording at its caps on a slow line. */
const FILE_REQUEST_MS = 120_000;
const ATTEMPTS = 3;
const RETRY_MS = 300;
const FILE_READ_BYTES = 256 * 1024;
const PROBE_MS = 5000;
/** Of a put: an upload waits for it, and its page for the upload. */
const PATIENCE: Patience = { requestMs: 5000, hedgeMs: 1500, requests: 3, pauseMs: 200 };
/** A put of more than a pack is given more time: one second per mebibyte. */
const PACE_BYTES_PER_MS = (1024 * 1024) / 1000;
/** Refusals that no retry mends: somebody has to change something. */
const HOPELESS: Record<string, string> = {
	NoSuchBucket: "create the bucket",
	AccessDenied: "give the key the right to read, write, list and delete",
	InvalidAccessKeyId: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
	SignatureDoesNotMatch: "check AWS_SECRET_ACCESS_KEY",
	CredentialsProviderError: "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
};

/** Credentials come by the chain of the AWS SDK: environment, profile, instance. */
export function createS3Store(storage: S3Storage, patience = PATIENCE): Store {
	// The kit warns on every start that later versions of it want a later Node; this version is pinned.
	process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
	const name = `s3://${storage.bucket}/${storage.prefix}`;
	const options: S3ClientConfig = {
		region: storage.region,
		...(storage.endpoint === undefined ? {} : { endpoint: storage.endpoint }),
		forcePathStyle: storage.pathStyle,
		maxAttempts: ATTEMPTS,
		requestChecksumCalculation: "WHEN_REQUIRED",
		responseChecksumValidation: "WHEN_REQUIRED",
		requestHandler: {
			connectionTimeout: CONNECT_MS,
			requestTimeout: REQUEST_MS,
			throwOnRequestTimeout: true,
		},
	};
	const client = new S3Client(options);
	// Puts are repeated by our own rule; big ones may take longer than reads.
	const writer = new S3Client({
		...options,
		maxAttempts: 1,
		requestHandler: { connectionTimeout: CONNECT_MS },
	});
	const at = (key: string) => ({ Bucket: storage.bucket, Key: storage.prefix + checkKey(key) });

	const getRange = async (key: string, range?: string): Promise<Uint8Array> => {
		try {
			const answer = await client.send(new GetObjectCommand({ ...at(key), Range: range }));
			return (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
		} catch (cause) {
			if (codeOf(cause) === "InvalidRange") return new Uint8Array();
			throw toStoreError(key, cause);
		}
	};

	const store: Store = {
		name,
		async put(key, bytes, signal) {
			const command = { ...at(key), Body: bytes };
			const beyond = Math.max(0, bytes.length - PACK_BYTES) / PACE_BYTES_PER_MS;
			try {
				await hedge((abortSignal) => writer.send(new PutObjectCommand(command), { abortSignal }), {
					...patience,
					requestMs: patience.requestMs + beyond,
					isHopeless,
					signal,
				});
			} catch (cause) {
				throw toStoreError(key, cause);
			}
		},
		async putFile(key, path, bytes) {
			try {
				await retry(() => sendFile(client, { ...at(key), ContentLength: bytes }, path));
			} catch (cause) {
				throw toStoreError(key, cause);
			}
		},
		get: (key) => getRange(key),
		getRange: (key, offset, length) => getRange(key, `bytes=${offset}-${offset + length - 1}`),
		list: (prefix) => listBucket(client, storage, prefix),
		async delete(key) {
			try {
				await client.send(new DeleteObjectCommand(at(key)));
			} catch (cause) {
				throw toStoreError(key, cause);
			}
		},
		tidy: async () => {},
		async keepsDeleted() {
			// A bucket with versions names the one that was written.
			const put = new PutObjectCommand({ ...at("probe"), Body: new Uint8Array([1]) });
			const { VersionId } = await client.send(put).catch((cause: unknown) => {
				throw toStoreError("probe", cause);
			});
			await store.delete("probe");
			return VersionId !== undefined && VersionId !== "null";
		},
		async probe() {
			try {
				await store.put("probe", new Uint8Array([1]), AbortSignal.timeout(PROBE_MS));
				await store.get("probe").catch((cause: unknown) => {
					// Another probe at the same moment may have taken it away: the store does answer.
					if (!(cause instanceof StoreError && cause.kind === "missing")) throw cause;
				});
				for await (const _ of store.list("probe")) break;
				await store.delete("probe");
			} catch (cause) {
				const code = codeOf(cause instanceof StoreError ? cause.cause : cause);
				const remedy = HOPELESS[code];
				if (remedy === undefined) throw cause;
				const where = storage.endpoint ?? `AWS ${storage.region}`;
				throw new StartError(
					`${name} at ${where} answers ${code}: ${remedy} or change SNAG_STORAGE`,
				);
			}
		},
		close() {
			client.destroy();
			writer.destroy();
		},
	};
	return store;
}

/** A file that cannot be read ends the request at once: its body would never come. */
async function sendFile(
	client: S3Client,
	input: Omit<PutObjectCommandInput, "Body">,
	path: string,
): Promise<void> {
	const file = await open(path);
	const body = file.createReadStream({ highWaterMark: FILE_READ_BYTES });
	const reading = new AbortController();
	body.once("error", () => reading.abort());
	try {
		await client.send(new PutObjectCommand({ ...input, Body: body }), {
			requestTimeout: FILE_REQUEST_MS,
			abortSignal: reading.signal,
		});
	} finally {
		body.destroy();
	}
}

/** A body that streams is gone with its first attempt, so that the SDK does not try again by itself. */
async function retry(send: () => Promise<unknown>): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await send();
			return;
		} catch (cause) {
			if (attempt === ATTEMPTS || codeOf(cause) in HOPELESS) throw cause;
			await new Promise((next) => setTimeout(next, RETRY_MS * attempt));
		}
	}
}

async function* listBucket(
	client: S3Client,
	storage: S3Storage,
	prefix: string,
): AsyncIterable<StoredObject> {
	let token: string | undefined;
	do {
		const answer = await client
			.send(
				new ListObjectsV2Command({
					Bucket: storage.bucket,
					Prefix: storage.prefix + prefix,
					ContinuationToken: token,
				}),
			)
			.catch((cause: unknown) => {
				throw toStoreError(prefix, cause);
			});
		for (const { Key = "", Size = 0 } of answer.Contents ?? []) {
			yield { key: Key.slice(storage.prefix.length), bytes: Size };
		}
		token = answer.IsTruncated ? answer.NextContinuationToken : undefined;
	} while (token !== undefined);
}

function isHopeless(cause: unknown): boolean {
	return codeOf(cause) in HOPELESS;
}

function checkKey(key: string): string {
	if (!isKey(key)) throw new StoreError("missing", `${key} is no object key`);
	return key;
}

function toStoreError(key: string, cause: unknown): StoreError {
	if (cause instanceof StoreError) return cause;
	const code = codeOf(cause);
	return new StoreError(code === "NoSuchKey" ? "missing" : "unavailable", `${key}: ${code}`, cause);
}

function codeOf(cause: unknown): string {
	if (cause instanceof S3ServiceException) return cause.name;
	return cause instanceof Error ? cause.name : String(cause);
}
