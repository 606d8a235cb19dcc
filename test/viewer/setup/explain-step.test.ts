import { expect, test } from "vitest";
import { REFUSAL_STATUS } from "../../../protocol/protocol-error.ts";
import { explainStep } from "../../../viewer/setup/explain-step.ts";

const site = { key: "k7d2m9qx4h8vtb3e", origins: ["https://shop.test"] };
const step = (code: string, message = "") =>
	({ name: "chunk", state: "failed", at: 0, code, message }) as const;

test("an origin that is not allowed is named, beside those that are, and can be allowed", () => {
	const refused = step("origin_not_allowed", "https://staging.shop.test came, allowed: none");
	const { text, allow } = explainStep(refused, site);
	expect(text).toContain("from https://staging.shop.test ");
	expect(text).toContain("https://shop.test may send");
	expect(allow).toBe("https://staging.shop.test");
	const allowed = { ...site, origins: [...site.origins, allow] };
	expect(explainStep(refused, allowed)).toMatchObject({ allow: "" });
});

test.each([
	["the first chunk of a session must name its origin"],
	["https://shop.test/cart came, allowed: none"],
	["https://a.test@evil.test came, allowed: none"],
	["HTTPS://SHOP.TEST came, allowed: none"],
	["file:// came, allowed: none"],
	["it is said that https://evil.test came"],
])("nothing is offered to be allowed where %j", (message) => {
	expect(explainStep(step("origin_not_allowed", message), site).allow).toBe("");
});

test.each([...Object.keys(REFUSAL_STATUS), "nothing_yet", "no_snapshot", "index_unavailable", ""])(
	"the code %j has words",
	(code) => {
		expect(explainStep(step(code), site).text.length).toBeGreaterThan(20);
	},
);
