// The files of a session for whoever gets its events from the server: stock players and the pictures under
// maps. Its style sheets are read when the session is opened, few of them and each once.
import type { Assets } from "../../protocol/api.ts";
import type { AssetSource } from "../../replay/inline-css.ts";
import type { AssetShelf } from "../assets/asset-shelf.ts";
import { isSheet } from "../assets/sniff-asset.ts";
import { StoreError } from "../errors.ts";
import { createQueue } from "../queue.ts";

const READS = 4;
/** What the sheets of one session may take; the others are left out. */
const SHEETS_BYTES = 16 * 1024 * 1024;

/**
 * @param address of our own, before the hash
 * @throws StoreError unavailable
 */
export async function openAssets(
	shelf: AssetShelf,
	{ site, assets, address }: { site: number; assets: Assets; address: string },
): Promise<AssetSource> {
	const sheets = new Map<string, string>();
	const queue = createQueue(READS);
	let left = SHEETS_BYTES;
	const read = async (hash: string): Promise<void> => {
		if (left <= 0) return;
		const kept = await shelf.get(site, hash).catch((error: unknown) => {
			if (error instanceof StoreError && error.kind === "missing") return undefined;
			throw error;
		});
		if (kept?.type === undefined || !isSheet(kept.type)) return;
		left -= kept.bytes.length;
		sheets.set(hash, Buffer.from(kept.bytes).toString("utf8"));
	};
	const hashes = new Set(Object.values(assets.sheets).flat());
	await Promise.all([...hashes].map((hash) => queue(() => read(hash))));
	const names = new Map(Object.entries(assets.names));
	const hashOf = (reference: string) => names.get(reference.slice("snag:".length));
	return {
		addressOf(reference) {
			const hash = hashOf(reference);
			return hash === undefined ? undefined : address + hash;
		},
		sheetOf: (reference) => sheets.get(hashOf(reference) ?? ""),
	};
}
