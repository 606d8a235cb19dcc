// Sites: who may record. Keys are looked up on every upload, so they are cached; during a fault of the
// control database a cached key stays valid.
import { randomBytes } from "node:crypto";
import type { NewSite, Site } from "../../protocol/api.ts";
import { isSiteKey } from "../../protocol/ids.ts";
import type { ControlDatabase } from "./database.ts";

const CACHE_MS = 5000;

export interface SiteRow {
	id: number;
	key: string;
	name: string;
	origins: string[];
}

export interface Sites {
	list(): Promise<SiteRow[]>;
	find(id: string): Promise<SiteRow | undefined>;
	findByKey(key: string): Promise<SiteRow | undefined>;
	create(site: NewSite): Promise<SiteRow>;
}

export function createSites(control: ControlDatabase, now: () => number): Sites {
	let cache = new Map<string, SiteRow>();
	let cachedAt = Number.NEGATIVE_INFINITY;

	const list = async (): Promise<SiteRow[]> => {
		const rows = await control.selectFrom("sites").selectAll().orderBy("id").execute();
		return rows.map(({ id, key, name, origins }) => ({
			id,
			key,
			name,
			origins: JSON.parse(origins) as string[],
		}));
	};

	const refresh = async (): Promise<void> => {
		cachedAt = now();
		cache = new Map((await list()).map((site) => [site.key, site]));
	};

	return {
		list,
		async find(id) {
			if (!/^\d{1,9}$/.test(id)) return undefined;
			return (await list()).find((site) => site.id === Number(id));
		},
		async findByKey(key) {
			if (!isSiteKey(key)) return undefined;
			if (now() - cachedAt > CACHE_MS) {
				await refresh().catch((error: unknown) => {
					if (!cache.has(key)) throw error;
				});
			}
			return cache.get(key);
		},
		async create({ name, origins }) {
			const row = await control
				.insertInto("sites")
				.values({
					key: `site${randomBytes(10).toString("hex")}`,
					name,
					origins: JSON.stringify(origins.map((origin) => new URL(origin).origin)),
					created_at: now(),
				})
				.returning(["id", "key", "name", "origins"])
				.executeTakeFirstOrThrow();
			cachedAt = Number.NEGATIVE_INFINITY;
			return { ...row, origins: JSON.parse(row.origins) as string[] };
		},
	};
}

export function toSite({ id, key, name, origins }: SiteRow): Site {
	return { id: String(id), key, name, origins };
}
