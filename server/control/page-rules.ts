// Which pages of a site its people show as one: an ordered list of patterns, and what was learned and is
// not to be used. Every change is a row of its own with who made it and when, so that one can be taken
// back; who changes what somebody else has changed meanwhile is told so.
import type { Selectable } from "kysely";
import { ApiError } from "../errors.ts";
import type { ControlDatabase, PageRulesTable } from "./database.ts";

/** Changes of a site that are kept. */
const KEPT = 50;

export interface PageRules {
	/** Counts changes; 0 where there was none. */
	version: number;
	rules: string[];
	rejected: string[];
	/** Epoch ms, 0 for never. */
	changedAt: number;
	changedBy: string;
}

export interface PageRuleBook {
	read(site: number): Promise<PageRules>;
	/** As it was before the last change that is kept. */
	readBefore(site: number): Promise<PageRules>;
	/** @throws ApiError conflict where `version` is not the newest */
	change(
		site: number,
		next: Pick<PageRules, "version" | "rules" | "rejected">,
		by: string,
	): Promise<PageRules>;
}

const NONE: PageRules = { version: 0, rules: [], rejected: [], changedAt: 0, changedBy: "" };

export function createPageRuleBook(control: ControlDatabase, now: () => number): PageRuleBook {
	const readBack = async (site: number, back: number): Promise<PageRules> => {
		const row = await control
			.selectFrom("page_rules")
			.selectAll()
			.where("site", "=", site)
			.orderBy("version", "desc")
			.limit(1)
			.offset(back)
			.executeTakeFirst();
		return row === undefined ? NONE : toRules(row);
	};

	return {
		read: (site) => readBack(site, 0),
		readBefore: (site) => readBack(site, 1),
		async change(site, { version, rules, rejected }, by) {
			if (version !== (await readBack(site, 0)).version) throw createConflict();
			const row = {
				...{ site, version: version + 1, changed_at: now(), changed_by: by },
				...{ rules: JSON.stringify(rules), rejected: JSON.stringify(rejected) },
			};
			const { numInsertedOrUpdatedRows } = await control
				.insertInto("page_rules")
				.values(row)
				.onConflict((conflict) => conflict.doNothing())
				.executeTakeFirst();
			// Somebody else was quicker.
			if (numInsertedOrUpdatedRows !== 1n) throw createConflict();
			await control
				.deleteFrom("page_rules")
				.where("site", "=", site)
				.where("version", "<=", version + 1 - KEPT)
				.execute();
			return toRules(row);
		},
	};
}

function createConflict(): ApiError {
	return new ApiError("conflict", "the rules were changed meanwhile; read them again");
}

function toRules(row: Selectable<PageRulesTable>): PageRules {
	return {
		version: row.version,
		rules: JSON.parse(row.rules) as string[],
		rejected: JSON.parse(row.rejected) as string[],
		changedAt: row.changed_at,
		changedBy: row.changed_by,
	};
}
