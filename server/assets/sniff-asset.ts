// What a file is, by its bytes alone: what somebody calls it decides nothing. A pure function of the
// content, so that nothing needs to be kept beside it. What is no file of a page's looks is nothing.

const MAGICS: readonly [type: string, at: number, magic: string][] = [
	["image/png", 0, "\x89PNG\r\n\x1a\n"],
	["image/jpeg", 0, "\xff\xd8\xff"],
	["image/gif", 0, "GIF8"],
	["image/webp", 8, "WEBP"],
	["image/avif", 4, "ftypavi"],
	["image/x-icon", 0, "\0\0\x01\0"],
	["font/woff2", 0, "wOF2"],
	["font/woff", 0, "wOFF"],
	["font/ttf", 0, "\0\x01\0\0"],
	["font/otf", 0, "OTTO"],
];
const SHEET = "text/css";
/** Comments and a document type may stand before the root of a picture. */
const SVG_CHARS = 4096;

/** @returns its type, undefined for what is not kept */
export function sniffAsset(bytes: Uint8Array): string | undefined {
	const start = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
	const known = MAGICS.find(([, at, magic]) => start.startsWith(magic, at));
	if (known !== undefined) return known[0];
	const text = decodeText(bytes);
	if (text === undefined) return undefined;
	const first = text.trimStart();
	if (!first.startsWith("<")) return SHEET;
	return /<svg[\s>]/i.test(first.slice(0, SVG_CHARS)) && !/<html[\s>]/i.test(first)
		? "image/svg+xml"
		: undefined;
}

export function isSheet(type: string): boolean {
	return type === SHEET;
}

function decodeText(bytes: Uint8Array): string | undefined {
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
