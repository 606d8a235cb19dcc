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

/** `/order/1234/` → `/order/:id`. */
export function pagePattern(path: string): string {
	const segments = path.split("/").filter((segment) => segment !== "");
	return `/${segments.map((s) => (VARIABLE.some((rule) => rule.test(s)) ? ":id" : s)).join("/")}`;
}
