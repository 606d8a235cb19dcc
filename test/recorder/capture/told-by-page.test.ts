// What a page's own code says of a visit, on the way that the public functions take.
import { afterEach, expect, test } from "vitest";
import { FACT_CONSENT, FACT_CUSTOM, FACT_IDENTIFY, FACT_VARIANT } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { type Intake, startIntake } from "../intake.ts";
import { visit } from "./facts-page.ts";

let intake: Intake;
afterEach(() => intake.close());

describeWithBrowser("what a page says of a visit", (browser) => {
	test("arrives at once, bounded and by the text rule, and nothing that it hands over does harm", async () => {
		intake = await startIntake({ "/": "<!doctype html>{{script}}<body></body>" });
		const { told, problems } = await visit({ browser: browser(), intake }, async (page) => {
			await page.evaluate(() => {
				type Told = Record<string, (...args: unknown[]) => void>;
				const told = (window as unknown as { snag: Told }).snag;
				const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`p${at}`, at]));
				told.track?.("added to cart", {
					items: 2,
					gift: true,
					mail: "jane@mail.example",
					deep: {},
				});
				told.track?.("x".repeat(500), { ...many, none: Number.NaN });
				told.track?.("hostile", JSON.parse('{"__proto__": 1, "constructor": "c"}'));
				told.track?.({
					toString() {
						throw new Error("no text");
					},
				});
				told.track?.("getter", {
					get thrown() {
						throw new Error("no value");
					},
				});
				told.identify?.(`customer-4711-${"x".repeat(300)}`, {
					plan: "free",
					card: "4111 1111 1111 1111",
				});
				told.variant?.("checkout", "b");
				told.consent?.(true);
			});
		});
		expect(problems).toEqual([]);
		const [first, long, hostile, ...others] = told(FACT_CUSTOM).map((fact) => fact.slice(3));
		expect(first).toEqual([
			"added to cart",
			[
				["items", 2],
				["gift", true],
				["mail", "•••"],
			],
		]);
		expect([String(long?.[0]).length, (long?.[1] as unknown[] | undefined)?.length]).toEqual([
			200, 20,
		]);
		expect(hostile).toEqual([
			"hostile",
			[
				["__proto__", 1],
				["constructor", "c"],
			],
		]);
		expect(others).toEqual([]);
		const [[, , , id, traits] = []] = told(FACT_IDENTIFY);
		expect([String(id).length, String(id).slice(0, 13)]).toEqual([200, "customer-4711"]);
		expect(traits).toEqual([
			["plan", "free"],
			["card", "•••"],
		]);
		expect(told(FACT_VARIANT).map((fact) => fact.slice(3))).toEqual([["checkout", "b"]]);
		expect(told(FACT_CONSENT).map((fact) => fact.slice(3))).toEqual([[1]]);
	});
});
