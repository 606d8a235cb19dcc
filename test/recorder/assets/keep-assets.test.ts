// Style sheets that cannot be kept as files: this intake knows no route for them, as an old server. What
// keeping looks like when it works is proved by test/journeys/assets.test.ts.
import { afterEach, expect, test } from "vitest";
import { referToAsset } from "../../../protocol/asset.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake, textOf } from "../intake.ts";

const PAGE = `<!doctype html><html><head><link rel="stylesheet" href="/a.css?v=secret1">{{script}}</head>
<body><img src="/p.png?v=secret2"><div data-snag-mask><img src="/masked.png"></div></body></html>`;
const PAGES = { "/": PAGE, "/a.css": "p { color: teal; background: url(b.png?v=secret3) }" };

let intake: Intake;
afterEach(() => intake.close());

interface Attributes {
	attributes?: { attributes: Record<string, string> }[];
}

const sheetsOf = () =>
	intake.accepted
		.flatMap(({ events }) => events)
		.flatMap(({ data }) => (data as Attributes).attributes ?? [])
		.flatMap(({ attributes }) => attributes._cssText ?? []);

describeWithBrowser("a style sheet that cannot be kept", (browser) => {
	test("is told by name at first and by its rules later, and files of private places never", async () => {
		intake = await startIntake(PAGES);
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => sheetsOf().length > 0, { what: "the rules", timeoutMs: 15_000 });
		});
		const nameOf = (path: string) => referToAsset(intake.page(path));
		const text = textOf(intake.accepted);
		for (const path of ["/a.css?v=secret1", "/p.png?v=secret2"])
			expect(text).toContain(nameOf(path));
		expect(text).not.toContain(nameOf("/masked.png"));
		expect(text).not.toContain("secret");
		expect(sheetsOf()).toEqual([
			`p { color: teal; background: url("${nameOf("/b.png?v=secret3")}"); }`,
		]);
	});

	test("is not even asked for where its URL is signed, and told by its rules", async () => {
		intake = await startIntake({
			...PAGES,
			"/": PAGE.replace("v=secret1", "X-Amz-Signature=secret1"),
		});
		await browser().withPage(async ({ page }) => {
			const asked: string[] = [];
			page.on("request", (request) => void asked.push(request.url()));
			await page.goto(intake.page("/"));
			await waitFor(() => sheetsOf().length > 0, { what: "the rules", timeoutMs: 15_000 });
			expect(asked.filter((url) => url.includes("/a.css"))).toHaveLength(1);
		});
	});

	test("is told by its rules at once where a script changes them, or the site keeps no files", async () => {
		// Where it is kept, nothing else makes its rules told.
		intake = await startIntake(PAGES, { takesFiles: true });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			const isTold = () =>
				textOf(intake.accepted).includes(referToAsset(intake.page("/a.css?v=secret1")));
			await waitFor(isTold, { what: "the snapshot" });
			await page.evaluate(() => document.styleSheets[0]?.insertRule("b { top: 0px; }", 0));
			await waitFor(() => sheetsOf().length > 0, { what: "the rules", timeoutMs: 15_000 });
		});
		expect(sheetsOf()[0]).toMatch(/^b \{ top: 0px; \}p \{ color: teal/);
		await intake.close();

		intake = await startIntake(PAGES);
		const config = { version: 1, sampling: 1, stop: false, privacy: "balanced", pages: [] };
		intake.configure({ status: 200, body: { ...config, features: { assets: false } } });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => textOf(intake.accepted).includes("color: teal"), { what: "the rules" });
		});
		expect(textOf(intake.accepted)).not.toContain("snag:");
	});
});
