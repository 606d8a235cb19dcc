// Parts of a session, as they are stored. They never change, so a browser keeps them.
import type { FastifyInstance } from "fastify";
import { SHIFT_HEADER } from "../../protocol/api.ts";
import { ApiError } from "../errors.ts";
import { PART_NAMES, type PartName, parsePartName } from "../recordings/part-name.ts";
import { readPackPart, type StoredPart } from "../recordings/read-part.ts";
import {
	type ApiParts,
	ERRORS,
	findSite,
	SESSION_PARAMS,
	type SessionParams,
	throwIfErased,
} from "./parts.ts";

const PARAMS = {
	type: "object",
	properties: { ...SESSION_PARAMS.properties, part: { type: "string", maxLength: 200 } },
	required: ["site", "session", "part"],
} as const;

export function registerPartRoute(app: FastifyInstance, parts: ApiParts): void {
	app.get<{ Params: SessionParams & { part: string } }>(
		"/sites/:site/sessions/:session/parts/:part",
		{
			schema: {
				summary:
					"A part that the manifest names, as it is stored: JSON, always gzip where it is gzip",
				params: PARAMS,
				response: { ...ERRORS },
			},
		},
		async ({ params, headers }, reply) => {
			const site = await findSite(parts.sites, params.site);
			const where = { site: site.id, session: params.session };
			throwIfErased(parts, where);
			const name = parsePartName(params.part);
			if (name === undefined) {
				throw new ApiError(
					"bad_request",
					`a part is named ${PART_NAMES}, as the manifest names it`,
				);
			}
			const tag = `"${params.part}"`;
			const isKept = headers["if-none-match"] === tag;
			const part = isKept ? undefined : await readPart(parts, name, where);
			reply
				.header("Cache-Control", "private, max-age=31536000, immutable")
				.header("ETag", tag)
				.header("X-Content-Type-Options", "nosniff");
			if (part === undefined) return reply.code(304).send();
			if (part.shift !== 0) reply.header(SHIFT_HEADER, String(part.shift));
			if (part.encoding === "gzip") reply.header("Content-Encoding", "gzip");
			return reply.type("application/json; charset=utf-8").send(part.bytes);
		},
	);
}

function readPart(
	{ store }: ApiParts,
	name: PartName,
	where: { site: number; session: string },
): Promise<StoredPart> {
	if (name.kind === "pack") return readPackPart(store, name, where);
	throw new ApiError("not_found", "the session has no such part");
}
