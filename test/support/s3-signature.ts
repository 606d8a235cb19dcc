// Checks the AWS Signature Version 4 of a request as S3 does, so that a client with wrong keys, a
// wrong clock or a body that changed on the way is refused by the in-memory server as well.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

const CLOCK_SKEW_MS = 15 * 60_000;
const AUTHORIZATION =
	/^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

export interface S3Keys {
	accessKeyId: string;
	secretAccessKey: string;
}

export interface SignedRequest {
	message: IncomingMessage;
	url: URL;
	body: Buffer;
}

/** The S3 error code of a request that is not signed right; undefined when all is well. */
export function findSignatureFault(request: SignedRequest, keys: S3Keys, now: number) {
	const { headers } = request.message;
	const [, credential, signedHeaders, signature] =
		AUTHORIZATION.exec(headers.authorization ?? "") ?? [];
	if (!credential || !signedHeaders || !signature) return "AccessDenied";
	const [accessKeyId, ...scope] = credential.split("/");
	if (accessKeyId !== keys.accessKeyId) return "InvalidAccessKeyId";

	const date = String(headers["x-amz-date"]);
	if (!(Math.abs(now - parseDate(date)) <= CLOCK_SKEW_MS)) return "RequestTimeTooSkewed";

	const bodyHash = String(headers["x-amz-content-sha256"]);
	const canonical = describeCanonically(request, signedHeaders, bodyHash);
	const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), sha256(canonical)].join("\n");
	const key = scope.reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
	if (hmac(key, text).toString("hex") !== signature) return "SignatureDoesNotMatch";
	const isHash = /^[0-9a-f]{64}$/.test(bodyHash);
	return isHash && bodyHash !== sha256(request.body) ? "XAmzContentSHA256Mismatch" : undefined;
}

function describeCanonically(request: SignedRequest, signedHeaders: string, bodyHash: string) {
	const { message, url } = request;
	const query = [...url.searchParams]
		.map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(value)}`)
		.sort()
		.join("&");
	const headers = signedHeaders.split(";").map(
		(name) =>
			`${name}:${String(message.headers[name] ?? "")
				.trim()
				.replace(/ +/g, " ")}`,
	);
	const path = message.url?.split("?")[0] ?? "/";
	return [message.method, path, query, ...headers, "", signedHeaders, bodyHash].join("\n");
}

/** `20260131T235959Z` → epoch ms, NaN for anything else. */
function parseDate(date: string): number {
	return Date.parse(
		date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"),
	);
}

function encodeRfc3986(text: string): string {
	const code = (char: string) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
	return encodeURIComponent(text).replace(/[!'()*]/g, code);
}

function hmac(key: string | Buffer, text: string): Buffer {
	return createHmac("sha256", key).update(text).digest();
}

function sha256(data: string | Buffer): string {
	return createHash("sha256").update(data).digest("hex");
}
