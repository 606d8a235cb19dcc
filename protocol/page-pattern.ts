// Clean path → page, the pattern that many URLs share. Rule set 1: segments that are numbers, UUIDs,
// long hex or already masked become `:id`. Rows keep the clean path, so a later rule set can be
// applied to old data.

export const PAGE_RULES_VERSION = 1;

const VARIABLE = [
	/^\d+$/,
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
	/^(?=.*\d)[0-9a-f]{8,}$/i,
	/^:(?:token|email)$/,
];

const PATTERN_CHARS = 300;
/** Control characters, directions of writing, halves of characters: what nobody can read in a list. */
const UNPRINTABLE = /\p{C}/u;

/** `/order/1234/` → `/order/:id`. */
export function pagePattern(path: string): string {
	return join(splitPath(path).map((s) => (VARIABLE.some((rule) => rule.test(s)) ? ":id" : s)));
}

/**
 * What a page says of itself, `product/[id]/` → `/product/[id]`; as it stands, since it knows better.
 *
 * @param told anything, as it came
 * @returns undefined where it names no page
 */
export function parsePagePattern(told: unknown): string | undefined {
	if (typeof told !== "string" || told.length > PATTERN_CHARS) return undefined;
	return told.trim() === "" || UNPRINTABLE.test(told) ? undefined : join(splitPath(told));
}

function splitPath(path: string): string[] {
	return path.split("/").filter((segment) => segment !== "");
}

function join(segments: readonly string[]): string {
	return `/${segments.join("/")}`;
}
