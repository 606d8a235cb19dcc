// Files of pages, by content: which are there, and their bytes. When a page last asked for one stands in
// the control data, by the day; that alone says when it may go, because whatever names a file was
// recorded on a day on which the file was asked for. Counting the references of recordings was rejected:
// it takes all of them to know that there is none.
//
// Rows that are lost cost one upload each: a file without one counts as missing and is put again.
import { createHash } from "node:crypto";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { ControlDatabase } from "../control/database.ts";
import { StoreError } from "../errors.ts";
import { ALL_ASSETS, assetKey, parseAssetKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import { sniffAsset } from "./sniff-asset.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A page asks for a file and tells of it later: at the end of a long session, over a bad line, a day late. */
const MARGIN_MS = 3 * DAY_MS;

export interface AssetShelf {
	/** Which of these are not there; those that are count as asked for. */
	ask(site: number, hashes: readonly string[]): Promise<string[]>;
	/** @throws ProtocolError wrong_hash | wrong_type | store_unavailable */
	put(site: number, hash: string, bytes: Uint8Array): Promise<void>;
	/** @throws StoreError */
	get(site: number, hash: string): Promise<{ bytes: Uint8Array; type: string | undefined }>;
}

export interface AssetShelfParts {
	/** Nothing of it is worth a snapshot of the control data. */
	control: ControlDatabase;
	store: Store;
	now: () => number;
}

export function createAssetShelf({ control, store, now }: AssetShelfParts): AssetShelf {
	const today = () => Math.floor(now() / DAY_MS) * DAY_MS;
	return {
		async ask(site, hashes) {
			if (hashes.length === 0) return [];
			const rows = await control
				.selectFrom("assets")
				.select(["hash", "asked_at"])
				.where("site", "=", site)
				.where("hash", "in", [...hashes])
				.execute();
			const old = rows.filter((row) => row.asked_at < today()).map(({ hash }) => hash);
			if (old.length > 0) {
				await control
					.updateTable("assets")
					.set({ asked_at: today() })
					.where("site", "=", site)
					.where("hash", "in", old)
					.execute();
			}
			const known = new Set(rows.map(({ hash }) => hash));
			return hashes.filter((hash) => !known.has(hash));
		},
		async put(site, hash, bytes) {
			if (hashAsset(bytes) !== hash) {
				throw new ProtocolError("wrong_hash", "the bytes that came have another hash");
			}
			if (sniffAsset(bytes) === undefined) {
				throw new ProtocolError("wrong_type", "a style sheet, picture or font was expected");
			}
			try {
				await store.put(assetKey(site, hash), bytes);
			} catch (cause) {
				if (!(cause instanceof StoreError)) throw cause;
				throw new ProtocolError("store_unavailable", "the file could not be stored");
			}
			await rememberAsset(control, { site, hash, at: today() });
		},
		async get(site, hash) {
			const bytes = await store.get(assetKey(site, hash));
			return { bytes, type: sniffAsset(bytes) };
		},
	};
}

export function hashAsset(bytes: Uint8Array): string {
	return createHash("sha256").update(bytes).digest("hex");
}

function rememberAsset(
	control: ControlDatabase,
	{ site, hash, at }: { site: number; hash: string; at: number },
): Promise<unknown> {
	return control
		.insertInto("assets")
		.values({ site, hash, asked_at: at })
		.onConflict((conflict) => conflict.columns(["site", "hash"]).doUpdateSet({ asked_at: at }))
		.execute();
}

/**
 * Discards files that no page has asked for in longer than recordings are kept. One without a row begins
 * its time anew.
 * @throws StoreError unavailable
 */
export async function sweepAssets(
	{ control, store, now, retentionMs }: AssetShelfParts & { retentionMs: number },
	isDryRun: boolean,
	discard: (object: { key: string; bytes: number }) => Promise<void>,
): Promise<void> {
	const before = now() - retentionMs - MARGIN_MS;
	for await (const object of store.list(ALL_ASSETS)) {
		const name = parseAssetKey(object.key);
		if (name === undefined) continue;
		const { site, hash } = name;
		const row = await control
			.selectFrom("assets")
			.select("asked_at")
			.where("site", "=", site)
			.where("hash", "=", hash)
			.executeTakeFirst();
		if (row === undefined) {
			if (!isDryRun) await rememberAsset(control, { site, hash, at: now() });
			continue;
		}
		if (row.asked_at >= before) continue;
		// The row goes first, and only if nobody has asked since: who asks from now on puts it again.
		const gone = isDryRun
			? undefined
			: await control
					.deleteFrom("assets")
					.where("site", "=", site)
					.where("hash", "=", hash)
					.where("asked_at", "<", before)
					.executeTakeFirst();
		if (gone === undefined || gone.numDeletedRows > 0n) await discard(object);
	}
}
