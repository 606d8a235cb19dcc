// Files that are somebody's, or that the site wants to be asked for each time: what is kept of them, and what
// the site is asked for once more. Hashes tell which bytes went.
import { createHash } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, SITE_KEY, startIntake } from "../intake.ts";

const draw = (path: string, who: string) =>
	`<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><title>${path} ${who}</title></svg>`;
const quote = (body: string) => `"${hash(body).slice(0, 8)}"`;
const LONG_AGO = { "last-modified": "Sat, 01 Jan 2000 00:00:00 GMT" };
const PICTURES: Record<string, { headers: Record<string, string>; isOfAll?: boolean }> = {
	"/private.svg": { headers: { "cache-control": "private, max-age=600" } },
	"/varies.svg": { headers: { "cache-control": "public, max-age=600", vary: "Cookie" } },
	"/vague.svg": { headers: LONG_AGO },
	"/counted.svg": { headers: { "cache-control": "no-store" }, isOfAll: true },
	"/counted-too.svg": { headers: { "cache-control": "no-cache" }, isOfAll: true },
	"/same.svg": { headers: LONG_AGO, isOfAll: true },
	"/public.svg": { headers: { "cache-control": "public, max-age=600" }, isOfAll: true },
};

let intake: Intake;
let site: Server;
const asked: string[] = [];

beforeAll(async () => {
	intake = await startIntake({}, { takesFiles: true });
	site = createServer(({ url: path = "", headers }, response) => {
		const { who = "nobody" } = /who=(?<who>\w+)/.exec(headers.cookie ?? "")?.groups ?? {};
		const picture = PICTURES[path];
		if (picture === undefined) {
			const script = `<script async src="${intake.page("/path/snag.js")}" data-site="${SITE_KEY}"></script>`;
			const images = Object.keys(PICTURES).map((src) => `<img src="${src}">`);
			response.writeHead(200, { "content-type": "text/html", "set-cookie": "who=ada" });
			response.end(
				`<!doctype html><html><head>${script}</head><body>${images.join("")}</body></html>`,
			);
			return;
		}
		const body = draw(path, picture.isOfAll ? "all" : who);
		// What counts is made anew for each request.
		const etag = picture.headers === LONG_AGO ? { etag: quote(body) } : {};
		const isSame = etag.etag !== undefined && headers["if-none-match"] === etag.etag;
		asked.push(`${path} ${who}${isSame ? " same" : ""}`);
		response.writeHead(isSame ? 304 : 200, {
			...{ "content-type": "image/svg+xml", ...etag },
			...picture.headers,
		});
		response.end(isSame ? "" : body);
	});
	await new Promise<void>((ready) => site.listen(0, ready));
});
afterAll(async () => {
	site.closeAllConnections();
	await Promise.all([new Promise((closed) => site.close(closed)), intake.close()]);
});

describeWithBrowser("of the files of a page", (browser) => {
	test("none goes that was answered to its visitor alone, and none is asked for again that may count", async () => {
		const isSent = (path: string, who: string) =>
			intake.asked.some((request) => request.endsWith(`/assets/${hash(draw(path, who))}`));
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(`http://localhost:${(site.address() as AddressInfo).port}/`);
			const areKept = () => isSent("/public.svg", "all") && isSent("/same.svg", "all");
			await waitFor(areKept, { what: "the files of all", timeoutMs: 20_000 });
			// What is not in the cache a browser tells of.
			expect(problems.filter((problem) => !/favicon|CACHE_MISS/.test(problem))).toEqual([]);
			expect(problems.length).toBeLessThan(5);
		});
		for (const path of Object.keys(PICTURES)) expect(isSent(path, "ada"), path).toBe(false);
		expect(isSent("/vague.svg", "nobody")).toBe(true);
		expect(asked.toSorted()).toEqual(
			[
				...Object.keys(PICTURES).map((path) => `${path} ada`),
				...["/vague.svg nobody", "/same.svg nobody same"],
			].toSorted(),
		);
	});
});

function hash(text: string): string {
	return createHash("sha256").update(text).digest("hex");
}
