import { describe, expect, test } from "vitest";
import { parseNewSite } from "../../../viewer/setup/parse-new-site.ts";

describe("origins are taken as people paste them", () => {
	test.each([
		["one", "https://shop.test", ["https://shop.test"]],
		[
			"several lines",
			"https://a.test\nhttp://localhost:3000",
			["https://a.test", "http://localhost:3000"],
		],
		["a whole address", "https://shop.test/cart?x=1", ["https://shop.test"]],
		["capitals and a usual port", "HTTPS://Shop.TEST:443", ["https://shop.test"]],
		["twice the same", "https://a.test, https://a.test/", ["https://a.test"]],
	])("%s", (_, origins, want) => {
		expect(parseNewSite("Shop", origins).site).toEqual({ name: "Shop", origins: want });
	});
});

describe("what is wrong is said beside its field", () => {
	test.each([
		["no name", " ", "https://a.test", ["name"]],
		["a name too long", "x".repeat(101), "https://a.test", ["name"]],
		["no origin", "Shop", "", ["origins"]],
		["no scheme", "Shop", "shop.test", ["origins"]],
		["another scheme", "Shop", "ftp://shop.test", ["origins"]],
		["nothing at all", "", "", ["name", "origins"]],
	])("%s", (_, name, origins, want) => {
		const { site, problems } = parseNewSite(name, origins);
		expect(site).toBeUndefined();
		expect(Object.keys(problems).sort()).toEqual(want);
	});
});
