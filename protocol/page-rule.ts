// What of a page is recorded: the first of the owner's rules whose pattern its path has decides. In a
// pattern `*` stands for anything and `:name` for one segment; upper and lower case are one, as on many
// servers, because a rule that hides a page must not be passed by in another spelling. The server makes
// expressions of patterns, so that no page has to load what does.
import type { SiteSettings } from "./site-config.ts";

export type PageRecord = SiteSettings["pages"][number]["record"];

export interface PageRule {
	/** Source of an expression over paths as browsers write them. */
	match: string;
	record: PageRecord;
}

/** Undefined where no rule is about the page: then it is recorded whole. */
export function findPageRecord(
	rules: readonly PageRule[] | undefined,
	path: string,
): PageRecord | undefined {
	const spelt = spell(path);
	return rules?.find(({ match }) => RegExp(match, "i").test(spelt))?.record;
}

/** Browsers encode what a person writes: `/über` is `/%C3%BCber`. */
export function createPageRule({ pattern, record }: SiteSettings["pages"][number]): PageRule {
	const source = spellWritten(pattern)
		.replace(/[^\w*:%/-]/g, "\\$&")
		.replaceAll("*", ".*")
		.replace(/:\w+/g, "[^/]+");
	return { match: `^${source}/?$`, record };
}

/** What a person writes, as browsers write it; what they wrote stays. */
export function spellWritten(text: string): string {
	return spell(encodeURI(text).replaceAll("%25", "%"));
}

/** As browsers write it, without escapes that none needs: `/%61dmin` is `/admin`. What is no escape stays. */
function spell(path: string): string {
	return path.replace(/%(?!25)[2-7][\da-f]/gi, (one) =>
		encodeURI(decodeURI(one)).replace("%25", "%"),
	);
}
