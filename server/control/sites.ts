// Sites: who may record, and what. Keys are looked up on every upload, so they are cached; while the
// control database does not answer, a cached key stays valid, and of any other nobody can say that it is
// none.
import { randomBytes } from "node:crypto";
import type { Selectable } from "kysely";
import type { NewSite, Site, SiteChange } from "../../protocol/api.ts";
import { isSiteKey } from "../../protocol/ids.ts";
import { DEFAULT_SETTINGS, type SiteSettings } from "../../protocol/site-config.ts";
import { ApiError, ControlUnavailable } from "../errors.ts";
import type { ControlDatabase, SitesTable } from "./database.ts";

/** A change made by another server is obeyed within five seconds, the time to read it included. */
const CACHE_MS = 4000;

export interface SiteRow {
	id: number;
	key: string;
	name: string;
	origins: string[];
	stopped: boolean;
	config: SiteSettings;
}

export interface Sites {
	list(): Promise<SiteRow[]>;
	find(id: string): Promise<SiteRow | undefined>;
	/** @throws ControlUnavailable where the key is not cached and cannot be looked up */
	findByKey(key: string): Promise<SiteRow | undefined>;
	/** @throws ApiError bad_request where an origin is none */
	create(site: NewSite): Promise<SiteRow>;
	/** When it resolves, keys are judged by the change. @returns undefined where there is no such site */
	change(id: number, change: SiteChange): Promise<SiteRow | undefined>;
}

export function createSites(control: ControlDatabase, now: () => number): Sites {
	let cache = new Map<string, SiteRow>();
	let cachedAt = Number.NEGATIVE_INFINITY;
	let isStale = true;
	let changes = 0;

	const list = async (): Promise<SiteRow[]> => {
		const rows = await control.selectFrom("sites").selectAll().orderBy("id").execute();
		return rows.map(toRow);
	};

	const refresh = async (): Promise<void> => {
		cachedAt = now();
		isStale = true;
		const seen = changes;
		const sites = await list();
		isStale = false;
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
			// The clock may have been set back since. What is not known is always looked up after a failure.
			const isOld = Math.abs(now() - cachedAt) > CACHE_MS;
			if (isOld || (isStale && !cache.has(key))) {
				await refresh().catch((cause: unknown) => {
					if (!cache.has(key)) throw new ControlUnavailable(cause);
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
					origins: formatOrigins(origins),
					created_at: now(),
				})
				.returningAll()
				.executeTakeFirstOrThrow();
			cachedAt = Number.NEGATIVE_INFINITY;
			return toRow(row);
		},
		async change(id, { name, origins, stopped, config }) {
			const before = (await list()).find((site) => site.id === id);
			const row = await control
				.updateTable("sites")
				.set({
					...(name !== undefined && { name }),
					...(origins !== undefined && { origins: formatOrigins(origins) }),
					...(stopped !== undefined && { stopped: stopped ? 1 : 0 }),
					...(config !== undefined && { config: JSON.stringify({ ...before?.config, ...config }) }),
				})
				.where("id", "=", id)
				.returningAll()
				.executeTakeFirst();
			if (row === undefined) return undefined;
			const site = toRow(row);
			changes++;
			cache.set(site.key, site);
			return site;
		},
	};
}

/** As browsers send them, each once. @throws ApiError bad_request */
function formatOrigins(origins: readonly string[]): string {
	const wrong = origins.find((origin) => !URL.canParse(origin));
	if (wrong !== undefined) {
		throw new ApiError("bad_request", `${wrong} is no origin; https://shop.example is one`);
	}
	return JSON.stringify([...new Set(origins.map((origin) => new URL(origin).origin))]);
}

function toRow({ id, key, name, origins, stopped, config }: Selectable<SitesTable>): SiteRow {
	return {
		...{ id, key, name, stopped: stopped === 1 },
		origins: JSON.parse(origins) as string[],
		config: readSettings(config),
	};
}

/** What was stored as `standard` is called `balanced` today. */
function readSettings(json: string): SiteSettings {
	const settings = { ...DEFAULT_SETTINGS, ...(JSON.parse(json) as Partial<SiteSettings>) };
	return { ...settings, privacy: settings.privacy === "strict" ? "strict" : "balanced" };
}

export function toSite({ id, ...site }: SiteRow): Site {
	return { ...site, id: String(id) };
}
