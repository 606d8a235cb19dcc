// Sites: who may record. Keys are looked up on every upload, so they are cached; during a fault of the
// control database a cached key stays valid.
import { randomBytes } from "node:crypto";
import type { NewSite, Site, SiteChange } from "../../protocol/api.ts";
import { isSiteKey } from "../../protocol/ids.ts";
import { ApiError } from "../errors.ts";
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
	/** @throws ApiError bad_request where an origin is none */
	create(site: NewSite): Promise<SiteRow>;
	/** When it resolves, keys are judged by the change. @returns undefined where there is no such site */
	change(id: number, change: SiteChange): Promise<SiteRow | undefined>;
}

export function createSites(control: ControlDatabase, now: () => number): Sites {
	let cache = new Map<string, SiteRow>();
	let cachedAt = Number.NEGATIVE_INFINITY;
	let changes = 0;

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
		const seen = changes;
		const sites = await list();
		// A list that was read before a change must not undo it.
		if (seen === changes) cache = new Map(sites.map((site) => [site.key, site]));
	};

	return {
		list,
		async find(id) {
			if (!/^\d{1,9}$/.test(id)) return undefined;
			return (await list()).find((site) => site.id === Number(id));
		},
		async findByKey(key) {
			if (!isSiteKey(key)) return undefined;
			// The clock may have been set back since.
			if (Math.abs(now() - cachedAt) > CACHE_MS) {
				await refresh().catch((error: unknown) => {
					if (!cache.has(key)) throw error;
				});
			}
			return cache.get(key);
		},
		async create({ name, origins }) {
			const wrong = origins.find((origin) => !URL.canParse(origin));
			if (wrong !== undefined) {
				throw new ApiError("bad_request", `${wrong} is no origin; https://shop.example is one`);
			}
			const row = await control
				.insertInto("sites")
				.values({
					key: `site${randomBytes(10).toString("hex")}`,
					name,
					origins: formatOrigins(origins),
					created_at: now(),
				})
				.returning(["id", "key", "name", "origins"])
				.executeTakeFirstOrThrow();
			cachedAt = Number.NEGATIVE_INFINITY;
			return { ...row, origins: JSON.parse(row.origins) as string[] };
		},
		async change(id, { name, origins }) {
			const row = await control
				.updateTable("sites")
				.set({
					...(name !== undefined && { name }),
					...(origins !== undefined && { origins: formatOrigins(origins) }),
				})
				.where("id", "=", id)
				.returning(["id", "key", "name", "origins"])
				.executeTakeFirst();
			if (row === undefined) return undefined;
			const site = { ...row, origins: JSON.parse(row.origins) as string[] };
			changes++;
			cache.set(site.key, site);
			return site;
		},
	};
}

/** As browsers send them, each once. @throws ApiError bad_request */
function formatOrigins(origins: readonly string[]): string {
	const wrong = origins.find((origin) => !URL.canParse(origin));
	if (wrong !== undefined) throw new ApiError("bad_request", `${wrong} is no origin`);
	return JSON.stringify([...new Set(origins.map((origin) => new URL(origin).origin))]);
}

export function toSite({ id, key, name, origins }: SiteRow): Site {
	return { id: String(id), key, name, origins };
}
