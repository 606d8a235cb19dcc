// Answers as gzip: a manifest of two hours is half a megabyte of JSON and a ninth of that on the wire.
// By hand, because a plugin would bring formats and options for what takes one hook. Parts are stored as
// gzip and answers without a text (304) have nothing to gain: both pass.
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, createGzip, gzip } from "node:zlib";
import type { FastifyInstance } from "fastify";

const compress = promisify(gzip);
/** Below this a packet carries it all the same. */
const LEAST_BYTES = 1024;
/** A manifest loses 5 % more at level 8 than at 6; what is longer than any would take too much time. */
const DENSE = { level: 8, mostChars: 1024 * 1024 };

export function compressAnswers(app: FastifyInstance): void {
	app.addHook("onSend", async (request, reply, payload: unknown) => {
		const isText = typeof payload === "string" && payload.length >= LEAST_BYTES;
		if (!isText && !(payload instanceof Readable)) return payload;
		if (reply.hasHeader("Content-Encoding")) return payload;
		reply.header("Vary", "Accept-Encoding");
		if (!takesGzip(request.headers["accept-encoding"])) return payload;
		reply.header("Content-Encoding", "gzip").removeHeader("Content-Length");
		if (!isText) return compressStream(payload as Readable);
		const level = payload.length <= DENSE.mostChars ? DENSE.level : constants.Z_BEST_SPEED;
		return compress(payload, { level });
	});
}

function compressStream(from: Readable): Readable {
	const to = createGzip({ level: constants.Z_BEST_SPEED });
	from.on("error", (error) => to.destroy(error));
	to.on("close", () => from.destroy());
	return from.pipe(to);
}

export function takesGzip(accepted: string | string[] | undefined): boolean {
	return takesCoding(accepted, "gzip|x-gzip|\\*");
}

export function takesBrotli(accepted: string | string[] | undefined): boolean {
	return takesCoding(accepted, "br");
}

/** RFC 9110 §12.5.3; a coding with weight 0 is one that is not wanted. */
function takesCoding(accepted: string | string[] | undefined, names: string): boolean {
	const wanted = new RegExp(`^\\s*(${names})\\s*(;\\s*q=(?!0(\\.0*)?\\s*$).*)?$`, "i");
	const codings = [accepted ?? ""].flat().join().split(",");
	return codings.some((coding) => wanted.test(coding));
}
