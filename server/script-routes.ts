// The recorder as pages load it: a small loader that is asked for anew each time, and the recorder proper,
// with what few pages need of it, under names with their hashes, which never change and are kept for good.
// A page's cache, its Content Security Policy and Subresource Integrity all rest on those names. The build
// has compressed all of them, as no server has the time to.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { takesBrotli, takesGzip } from "./api/compress.ts";
import { ApiError } from "./errors.ts";
import { type Arrivals, setBounded } from "./ingest/arrivals.ts";

const LOADER = "snag.js";
const PART = /^snag-[a-z]+\.[0-9a-f]+\.js$/;
const HIDDEN = { schema: { hide: true } };

export interface ScriptParts {
	/** Folder of the build. */
	distFolder: string;
	arrivals: Pick<Arrivals, "scriptAskedBy">;
	now: () => number;
}

interface Script {
	plain: Buffer;
	gzip: Buffer;
	/** A tenth smaller still. */
	brotli: Buffer;
	tag: string;
}

export function registerScripts(app: FastifyInstance, parts: ScriptParts): void {
	let scripts: Promise<Map<string, Script>> | undefined;
	const find = async (name: string): Promise<Script> => {
		scripts ??= readScripts(parts.distFolder);
		scripts.catch(() => {
			scripts = undefined;
		});
		const script = (await scripts).get(name);
		if (script === undefined) throw new ApiError("not_found", "no recorder of that name");
		return script;
	};

	app.get(`/${LOADER}`, HIDDEN, async (request, reply) => {
		const { referer } = request.headers;
		if (referer !== undefined && URL.canParse(referer)) {
			setBounded(parts.arrivals.scriptAskedBy, new URL(referer).origin, parts.now());
		}
		openToAll(reply).header("Cache-Control", "no-cache");
		return send(request, reply, await find(LOADER));
	});
	app.get<{ Params: { "*": string } }>("/snag-*", HIDDEN, async (request, reply) => {
		openToAll(reply).header("Cache-Control", "no-store");
		const script = await find(`snag-${request.params["*"]}`);
		reply.header("Cache-Control", "public, max-age=31536000, immutable");
		return send(request, reply, script);
	});
}

function openToAll(reply: FastifyReply): FastifyReply {
	return reply
		.header("Access-Control-Allow-Origin", "*")
		.header("Cross-Origin-Resource-Policy", "cross-origin")
		.header("X-Content-Type-Options", "nosniff");
}

function send(request: FastifyRequest, reply: FastifyReply, script: Script): FastifyReply {
	reply.header("ETag", script.tag).header("Vary", "Accept-Encoding");
	// Proxies make a tag weak when they compress what it names.
	const known = (request.headers["if-none-match"] ?? "").replaceAll("W/", "").split(/\s*,\s*/);
	if (known.includes(script.tag)) return reply.code(304).send();
	reply.type("text/javascript; charset=utf-8");
	const accepted = request.headers["accept-encoding"];
	if (takesBrotli(accepted)) return reply.header("Content-Encoding", "br").send(script.brotli);
	if (takesGzip(accepted)) return reply.header("Content-Encoding", "gzip").send(script.gzip);
	return reply.send(script.plain);
}

async function readScripts(folder: string): Promise<Map<string, Script>> {
	const names = (await readdir(folder)).filter((name) => name === LOADER || PART.test(name));
	const scripts = names.map(async (name): Promise<[string, Script]> => {
		const path = join(folder, name);
		const files = [path, `${path}.gz`, `${path}.br`].map((each) => readFile(each));
		const [plain, gzip, brotli] = (await Promise.all(files)) as [Buffer, Buffer, Buffer];
		const hash = createHash("sha256").update(plain).digest("hex").slice(0, 16);
		return [name, { plain, gzip, brotli, tag: `"${hash}"` }];
	});
	return new Map(await Promise.all(scripts));
}
