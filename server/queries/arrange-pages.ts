// Stored pages → the pages they are shown as: by the first rule of the site that fits, else by what was
// learned, else as they are. What a page told of itself is never merged by learning, since it knows better;
// a rule is somebody's decision and goes before it. Pure: the same rows and rules give the same pages.
import { createPageGlob, spellPage } from "../../protocol/page-glob.ts";
import { LEARNED_NAME, learnPages, type SeenPage } from "./learn-pages.ts";

export interface StoredPage extends SeenPage {
	/** A page said so itself: it is not what its path would make it. */
	told: boolean;
}

export interface PageChoices {
	/** Patterns, the first that fits decides. */
	rules: readonly string[];
	/** Learned patterns that are not to be used. */
	rejected: readonly string[];
}

export type PageBy = "told" | "rule" | "learned" | "path";

/** Pages that are shown as one. */
export interface PageSet {
	page: string;
	by: PageBy;
	/** Stored pages; at least one. */
	members: StoredPage[];
}

export interface Arrangement {
	/** By the page they are shown as. */
	sets: ReadonlyMap<string, PageSet>;
	/** By stored page. */
	shownAs: ReadonlyMap<string, PageSet>;
	/** What would be learned and was rejected, with the pages that it would merge. */
	rejected: ReadonlyMap<string, StoredPage[]>;
}

export function arrangePages(
	stored: readonly StoredPage[],
	{ rules, rejected: refused }: PageChoices,
): Arrangement {
	const sets = new Map<string, PageSet>();
	const shownAs = new Map<string, PageSet>();
	const rejected = new Map<string, StoredPage[]>();
	const add = (page: string, by: PageBy, member: StoredPage): void => {
		let set = sets.get(page);
		if (set === undefined) {
			set = { page, by, members: [] };
			sets.set(page, set);
		}
		set.members.push(member);
		shownAs.set(member.page, set);
	};

	const globs = rules.map((pattern) => ({ pattern, fits: createPageGlob(pattern) }));
	const rest: StoredPage[] = [];
	for (const member of stored) {
		const spelt = globs.length === 0 ? "" : spellPage(member.page);
		const rule = globs.find(({ fits }) => fits(spelt));
		if (rule === undefined) rest.push(member);
		else add(rule.pattern, "rule", member);
	}
	const learned = learnPages(rest.filter(({ told }) => !told));
	const taken = new Set(rest.map(({ page }) => page));
	for (const member of rest) {
		const pattern = learned.get(member.page);
		if (pattern === undefined) add(member.page, member.told ? "told" : "path", member);
		else if (refused.includes(pattern)) {
			add(member.page, "path", member);
			rejected.set(pattern, rejected.get(pattern) ?? []);
			rejected.get(pattern)?.push(member);
		} else add(freeName(pattern, taken), "learned", member);
	}
	return { sets, shownAs, rejected };
}

/** A page that calls itself `/product/:slug` stays alone, whatever else is called so. */
function freeName(pattern: string, taken: ReadonlySet<string>): string {
	let name = pattern;
	for (let number = 2; taken.has(name); number++) {
		name = pattern.replace(LEARNED_NAME, `${LEARNED_NAME}_${number}`);
	}
	return name;
}
