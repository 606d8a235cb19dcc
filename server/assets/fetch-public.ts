// Fetches a file from the internet for somebody who may be anybody. A site key is public, so whatever it
// is asked for is hostile: a name may stand for an address inside, for another one when it is looked up
// again, and an answer may lead there. So each name is looked up once, every address of it is judged, and
// the connection goes to the one that was judged; each hop begins anew. Without cookies, compression and
// patience.
import { lookup } from "node:dns/promises";
import { type ClientRequest, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { ASSET_BYTES } from "../../protocol/asset.ts";
import { isPublicAddress } from "./is-public-address.ts";

const TOTAL_MS = 8000;
const REDIRECTS = 3;
const PORTS: readonly string[] = ["", "80", "443"];
const TYPES =
	/^(?:image\/|font\/|text\/css\b|application\/(?:octet-stream|(?:x-)?font|vnd\.ms-fontobject))/i;

export interface FetchedFile {
	bytes: Uint8Array;
	/** Where it was found, after redirects. */
	url: string;
}

export interface FetchPublicOptions {
	/** All addresses of a name. */
	resolve?: (host: string) => Promise<string[]>;
	/** May it be connected to? */
	isAllowed?: (address: string) => boolean;
	/** As in URLs: "" for the scheme's own. */
	ports?: readonly string[];
	totalMs?: number;
}

/** @throws Error that says why not */
export async function fetchPublic(
	url: string,
	options: FetchPublicOptions = {},
): Promise<FetchedFile> {
	const signal = AbortSignal.timeout(options.totalMs ?? TOTAL_MS);
	let at = url;
	for (let hop = 0; hop <= REDIRECTS; hop++) {
		const answer = await ask(at, signal, options);
		if ("bytes" in answer) return { bytes: answer.bytes, url: at };
		at = new URL(answer.location, at).href;
	}
	throw new Error("too many redirects");
}

type Answer = { bytes: Uint8Array } | { location: string };

async function ask(url: string, signal: AbortSignal, options: FetchPublicOptions): Promise<Answer> {
	const target = new URL(url);
	const isSecure = target.protocol === "https:";
	if (!isSecure && target.protocol !== "http:")
		throw new Error(`${target.protocol} is not fetched`);
	if (!(options.ports ?? PORTS).includes(target.port)) throw new Error("this port is not asked");
	const address = await findAddress(target.hostname, signal, options);
	const request = (isSecure ? requestSecure : requestPlain)(target, {
		// No connection that was opened for another name or before the check is used again.
		agent: false,
		auth: "",
		headers: { accept: "*/*", "accept-encoding": "identity", "user-agent": "Snag" },
		lookup: pinTo(address),
		signal,
	});
	return readAnswer(request);
}

/** @throws where any address of the name is not for everybody */
async function findAddress(
	hostname: string,
	signal: AbortSignal,
	{ resolve = resolveAll, isAllowed = isPublicAddress }: FetchPublicOptions,
): Promise<string> {
	const host = hostname.replace(/^\[|\]$/g, "");
	const addresses = isIP(host) > 0 ? [host] : await resolve(host);
	signal.throwIfAborted();
	const [first] = addresses;
	if (first === undefined || !addresses.every(isAllowed)) {
		throw new Error(`${host} is not on the internet`);
	}
	return first;
}

async function resolveAll(host: string): Promise<string[]> {
	return (await lookup(host, { all: true })).map(({ address }) => address);
}

function pinTo(address: string): LookupFunction {
	const family = isIP(address);
	return (_, { all }, answer) => {
		if (all) answer(null, [{ address, family }]);
		else answer(null, address, family);
	};
}

function readAnswer(request: ClientRequest): Promise<Answer> {
	return new Promise((resolve, reject) => {
		request.on("error", reject);
		request.on("response", (response) => {
			const fail = (why: string): void => {
				request.destroy();
				reject(new Error(why));
			};
			const { statusCode = 0, headers } = response;
			if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
				request.destroy();
				return resolve({ location: headers.location });
			}
			if (statusCode !== 200) return fail(`status ${statusCode}`);
			if (!TYPES.test(headers["content-type"] ?? "")) return fail("not a type that is kept");
			if ((headers["content-encoding"] ?? "identity") !== "identity") return fail("compressed");
			if (Number(headers["content-length"]) > ASSET_BYTES) return fail("too large");
			const parts: Buffer[] = [];
			let bytes = 0;
			response.on("data", (part: Buffer) => {
				bytes += part.length;
				if (bytes > ASSET_BYTES) return fail("too large");
				parts.push(part);
			});
			response.on("error", reject);
			response.on("end", () =>
				response.complete ? resolve({ bytes: Buffer.concat(parts) }) : fail("broke off"),
			);
		});
		request.end();
	});
}
