// Parts of a session, as they are stored. They never change, so a browser keeps them.
import type { FastifyInstance } from "fastify";
import { SHIFT_HEADER } from "../../protocol/api.ts";
import { isSessionId, type SessionId } from "../../protocol/ids.ts";
import { RecordingError } from "../../protocol/recording.ts";
import { ApiError } from "../errors.ts";
import { dayOf, isDatedSession } from "../queries/sessions.ts";
import type { PlaceQuery } from "../recordings/chunk-places.ts";
import { isLost, type OpenRecording } from "../recordings/open-recordings.ts";
import { PART_NAMES, type PartName, parsePartName } from "../recordings/part-name.ts";
import {
	partGone,
	readChunkPart,
	readRecordingPart,
	type StoredPart,
} from "../recordings/read-part.ts";
import { listChunks } from "../recordings/read-session.ts";
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
			if (name === undefined) throw new ApiError("bad_request", `a part is named ${PART_NAMES}`);
			const part = await readPart(parts, { ...where, name: params.part }, name);
			throwIfErased(parts, { ...where, visitor: part.visitor });
			const tag = `"${params.part}"`;
			reply
				.header("Cache-Control", "private, max-age=86400, immutable")
				.header("ETag", tag)
				.header("X-Content-Type-Options", "nosniff");
			if (headers["if-none-match"] === tag) return reply.code(304).send();
			if (part.shift !== 0) reply.header(SHIFT_HEADER, String(part.shift));
			if (part.encoding === "gzip") reply.header("Content-Encoding", "gzip");
			return reply.type("application/json; charset=utf-8").send(part.bytes);
		},
	);
}

async function readPart(parts: ApiParts, where: PlaceQuery, name: PartName): Promise<StoredPart> {
	const { site, session } = where;
	if (!isSessionId(session) || !isDatedSession(session)) throw partGone();
	if (name.kind === "recording") {
		const recording = await openRecording(parts, { site, session }, name.recording);
		return readRecordingPart(parts.store, recording, name);
	}
	try {
		return await readChunk(parts, where);
	} catch (error) {
		if (!(error instanceof ApiError) || error.code !== "part_gone") throw error;
		// It may stand elsewhere by now: packs are written anew without what was erased of them.
		parts.chunkPlaces.forget(where);
		return readChunk(parts, where);
	}
}

async function openRecording(
	{ recordings }: ApiParts,
	where: { site: number; session: SessionId },
	name: string,
): Promise<OpenRecording> {
	try {
		return await recordings.open(where, name);
	} catch (error) {
		if (error instanceof RecordingError) {
			throw new ApiError("part_damaged", "the stored recording is damaged");
		}
		if (isLost(error)) throw partGone();
		throw error;
	}
}

async function readChunk(
	{ store, index, chunkPlaces }: ApiParts,
	where: PlaceQuery,
): Promise<StoredPart> {
	const place = await chunkPlaces.find(where, () =>
		listChunks(index, { ...where, day: dayOf(where.session) }),
	);
	if (place === undefined) throw partGone();
	return readChunkPart(store, place, where);
}
