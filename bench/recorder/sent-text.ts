// Whatever a recorder sent → text in which the page's marks can be looked for, so that a recorder that
// did not record is found out. Every recorder has a format of its own, but all of them are text, or text
// that was deflated and stands somewhere among headers: what inflates is inflated, wherever it begins.
import { constants, inflateRawSync } from "node:zlib";

/** The end of a stream may be missing, and other things may follow it. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH };
const GZIP = 0x1f8b;
const GZIP_HEAD_BYTES = 10;
/** zlib's header at its four levels. */
const ZLIB = [0x7801, 0x785e, 0x789c, 0x78da];
const ZLIB_HEAD_BYTES = 2;

export function readSentText(body: Buffer): string {
	const texts = [body.toString("utf8"), tryInflate(body)];
	for (let at = 0; at + GZIP_HEAD_BYTES < body.length; at++) {
		const head = body.readUInt16BE(at);
		if (head === GZIP) texts.push(tryInflate(body.subarray(at + GZIP_HEAD_BYTES)));
		else if (ZLIB.includes(head)) texts.push(tryInflate(body.subarray(at + ZLIB_HEAD_BYTES)));
	}
	return texts.join("\n");
}

/** Empty where these bytes only looked as if something began here. */
function tryInflate(bytes: Buffer): string {
	try {
		return inflateRawSync(bytes, LENIENT).toString("utf8");
	} catch {
		return "";
	}
}
