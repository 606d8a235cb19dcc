// Who may read. A bearer token, or the cookie that the printed sign-in link was exchanged for. Only
// hashes of sign-ins are kept; tokens are compared in constant time.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { ControlDatabase } from "../control/database.ts";
import { ApiError } from "../errors.ts";

export const SIGN_IN_COOKIE = "snag_sign_in";
export const SIGN_IN_MS = 14 * 24 * 60 * 60 * 1000;

export interface Access {
	isToken(token: string): boolean;
	/** @returns the secret of a new sign-in, for the cookie */
	signIn(): Promise<string>;
	/** @throws ApiError unauthorized | forbidden */
	require(request: FastifyRequest): Promise<void>;
	/** A token with every right, no cookie. @throws ApiError unauthorized */
	requireAdmin(request: FastifyRequest): void;
}

export interface AccessOptions {
	control: ControlDatabase;
	/** SHA-256 in hex of the tokens with every right. */
	tokenHashes: readonly string[];
	now: () => number;
}

export function createAccess({ control, tokenHashes, now }: AccessOptions): Access {
	const hashes = tokenHashes.map((hash) => Buffer.from(hash, "hex"));
	const isToken = (token: string): boolean => {
		const hash = hashOf(token);
		return hashes.reduce((found, known) => timingSafeEqual(known, hash) || found, false);
	};

	const isSignedIn = async (secret: string): Promise<boolean> => {
		const row = await control
			.selectFrom("sign_ins")
			.select("expires_at")
			.where("hash", "=", hashOf(secret).toString("hex"))
			.executeTakeFirst();
		return row !== undefined && row.expires_at > now();
	};

	const hasToken = (request: FastifyRequest): boolean => {
		const [scheme, token] = (request.headers.authorization ?? "").split(" ");
		return scheme?.toLowerCase() === "bearer" && token !== undefined && isToken(token);
	};

	return {
		isToken,
		requireAdmin(request) {
			if (!hasToken(request)) {
				throw new ApiError("unauthorized", "send the admin token as a bearer token");
			}
		},
		async signIn() {
			const secret = randomBytes(32).toString("hex");
			await control.deleteFrom("sign_ins").where("expires_at", "<", now()).execute();
			await control
				.insertInto("sign_ins")
				.values({ hash: hashOf(secret).toString("hex"), expires_at: now() + SIGN_IN_MS })
				.execute();
			return secret;
		},
		async require(request) {
			if (hasToken(request)) return;
			const secret = request.cookies[SIGN_IN_COOKIE];
			if (secret === undefined || !(await isSignedIn(secret))) {
				throw new ApiError("unauthorized", "sign in with the printed link, or send a bearer token");
			}
			checkSameOrigin(request);
		},
	};
}

/** A cookie comes along with requests that other sites provoke; those may not change anything. */
function checkSameOrigin(request: FastifyRequest): void {
	if (request.method === "GET" || request.method === "HEAD") return;
	const { origin } = request.headers;
	if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === request.host) return;
	throw new ApiError("forbidden", `a signed-in page of ${request.host} must send this request`);
}

function hashOf(secret: string): Buffer {
	return createHash("sha256").update(secret).digest();
}
