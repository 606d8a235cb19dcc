import { expect, test } from "vitest";
import { REFUSAL_STATUS } from "../../../protocol/protocol-error.ts";
import { explainStep } from "../../../viewer/setup/explain-step.ts";

const site = { key: "k7d2m9qx4h8vtb3e", origins: ["https://shop.test"] };
const step = (code: string, message = "") =>
	({ name: "chunk", state: "failed", at: 0, code, message }) as const;

test("an origin that is not allowed is named, beside those that are", () => {
	const { text, action } = explainStep(
		step("origin_not_allowed", "https://staging.shop.test came"),
		site,
	);
	expect(text).toContain("from https://staging.shop.test ");
	expect(text).toContain("https://shop.test may send");
	expect(action).toBe("add-site");
});

test.each([...Object.keys(REFUSAL_STATUS), "nothing_yet", "no_snapshot", "index_unavailable", ""])(
	"the code %j has words",
	(code) => {
		expect(explainStep(step(code), site).text.length).toBeGreaterThan(20);
	},
);
