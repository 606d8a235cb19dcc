// `@snag/recorder` as it is built, used as a site would use it.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterEach, expect, test } from "vitest";
import type { init as Init } from "../../recorder/package/snag.d.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Intake, RECORD_ALL, SITE_KEY, startIntake } from "./intake.ts";

const PACKAGE = new URL("../../dist/recorder-package/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, PACKAGE), "utf8");

let intake: Intake | undefined;
afterEach(() => intake?.close());

test("does nothing where there is no browser, and says so", async () => {
	const { init }: { init: typeof Init } = await import(new URL("index.js", PACKAGE).href);
	const snag = init({ url: "https://snag.example", site: SITE_KEY });
	expect([snag.status, snag.reason]).toEqual(["off", "server"]);
	expect(snag.sessionUrl()).toBeUndefined();
	snag.track("nothing");
	snag.consent(true);
});

test("needs nothing else: no dependency, no import, types of its own", () => {
	const description = JSON.parse(read("package.json"));
	expect(description).toMatchObject({ name: "@snag/recorder", type: "module" });
	expect(description.dependencies).toBeUndefined();
	expect(read("index.js")).not.toMatch(/(?<!@)\bimport\s*["'{*]|\bfrom\s*["']/);
	expect(read("index.d.ts")).not.toMatch(/\bimport\b|\bfrom "/);
});

test("the loader is no larger than every page should have to load", () => {
	const loader = readFileSync(new URL("../../dist/snag.js", import.meta.url));
	expect(gzipSync(loader, { level: 9 }).length).toBeLessThanOrEqual(1536);
});

describeWithBrowser("the package in a page", (browser) => {
	/** As a site's own bundle. */
	const bundleSite = async (format: "iife" | "esm"): Promise<string> => {
		const contents = `import { init } from ${JSON.stringify(new URL("index.js", PACKAGE).pathname)};
			const options = { url: "http://127.0.0.1:" + location.port + "/path", site: "${SITE_KEY}" };
			window.seen = [init(options), init(options)];`;
		const stdin = { contents, resolveDir: "." };
		const { outputFiles } = await build({ stdin, bundle: true, format, write: false });
		return outputFiles[0]?.text.replaceAll("</script", "<\\/script") ?? "";
	};

	test("records in a module, which is strict, what has frozen the history", async () => {
		const script = `<script type="module">${await bundleSite("esm")}</script>`;
		const frozen = "<script>Object.freeze(History.prototype)</script>";
		intake = await startIntake({ "/": `<!doctype html>${frozen}<body><p>Hello</p>${script}` });
		const { accepted, page: urlOf } = intake;
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(urlOf("/"));
			await waitFor(() => accepted.some(({ events }) => events.length > 0), { what: "the page" });
			expect(problems).toEqual([]);
		});
	});

	test("records, says that it does, and gives the same when it is asked twice", async () => {
		const script = `<script>${await bundleSite("iife")}</script>`;
		intake = await startIntake({ "/": `<!doctype html><body><p>Hello</p>${script}</body>` });
		intake.configure({ status: 200, body: RECORD_ALL });
		const { accepted, page: urlOf } = intake;
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(urlOf("/"));
			await waitFor(() => accepted.some(({ events }) => events.length > 0), { what: "the page" });
			const statuses = await page.evaluate(() => {
				type Seen = { status: string; reason: string; sessionUrl(): string };
				const { seen } = window as unknown as { seen: Seen[] };
				return seen.map(({ status, reason, sessionUrl }) => [status, reason, sessionUrl()]);
			});
			const url = expect.stringContaining(String(accepted[0]?.envelope.session));
			expect(statuses).toEqual([
				["recording", "", url],
				["recording", "", url],
			]);
			expect(problems).toEqual([]);
		});
		expect(new Set(accepted.map(({ envelope }) => envelope.stream)).size).toBe(1);
	});
});
