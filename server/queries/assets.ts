// What the files were that the pages of a session had, by the names that stand in its events. One name
// means one thing in a session: of a file that changed meanwhile the last.
import type { Assets } from "../../protocol/api.ts";
import { isAssetHash } from "../../protocol/asset.ts";
import type { Index } from "../index/client.ts";

const ASSETS = `
	SELECT stream, data FROM facts FINAL
	WHERE site = {site:UInt32} AND kind = 20 AND page = '' AND day = {day:Date}
		AND session = {session:UUID}
	ORDER BY at, stream, sequence, part, position LIMIT 1000`;

/** @throws IndexUnavailable */
export async function queryAssets(
	index: Index,
	where: { site: number; session: string; day: string },
): Promise<Assets> {
	return joinAssets(await index.query<{ stream: string; data: string }>(ASSETS, where));
}

export function joinAssets(rows: readonly { stream: string; data: string }[]): Assets {
	// Names are anybody's: `__proto__` is one.
	const names = new Map<string, string>();
	const sheets = new Map<string, Set<string>>();
	for (const { stream, data } of rows) {
		const [ownSheets = [], files = []] = JSON.parse(data) as string[][];
		const own = sheets.get(stream) ?? new Set();
		sheets.set(stream, own);
		for (const [name, hash] of pairsOf(files)) names.set(name, hash);
		for (const [name, hash] of pairsOf(ownSheets)) {
			names.set(name, hash);
			own.add(hash);
		}
	}
	const lists = [...sheets].map(([stream, hashes]): [string, string[]] => [stream, [...hashes]]);
	return { names: Object.fromEntries(names), sheets: Object.fromEntries(lists) };
}

function* pairsOf(flat: readonly string[]): Generator<[name: string, hash: string]> {
	for (let at = 0; at + 1 < flat.length; at += 2) {
		const [name = "", hash] = [flat[at], flat[at + 1]];
		if (/^[0-9a-z]{1,7}$/.test(name) && isAssetHash(hash)) yield [name, hash];
	}
}
