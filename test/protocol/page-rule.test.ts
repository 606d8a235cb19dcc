import { expect, test } from "vitest";
import { createPageRule, findPageRecord } from "../../protocol/page-rule.ts";

test.each([
	["/admin", "/admin", true],
	["/admin", "/ADMIN/", true],
	["/admin", "/%61dmin", true],
	["/%61dmin", "/admin", true],
	["/admin/*", "/%61dmin/users", true],
	["/admin", "/admin%2Fusers", false],
	["/über", "/%C3%BCber", true],
	["/100%", "/100%25", false],
	["/a", "/%zz%", false],
])("the rule %s for %s: %s", (pattern, path, isFound) => {
	const rules = [createPageRule({ pattern, record: "nothing" })];
	expect(findPageRecord(rules, path)).toBe(isFound ? "nothing" : undefined);
});
