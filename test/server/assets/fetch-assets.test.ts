import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { referToAsset } from "../../../protocol/asset.ts";
import { createFetchAssets } from "../../../server/assets/fetch-assets.ts";
import { createMemory } from "../../../server/ingest/memory.ts";

const CSS = "@import 'more.css'; a { background: url(../p.png?x=1#y) } b { src: url(data:,x) }";

function createFetcher(fetchFile: (url: string) => Promise<{ bytes: Uint8Array; url: string }>) {
	const kept = new Map<string, string>();
	const costs: number[] = [];
	const memory = createMemory(64 * 1024 * 1024);
	const clock = { at: 1 };
	const fetchAsset = createFetchAssets({
		shelf: {
			ask: async (_, hashes) => hashes.filter((hash) => !kept.has(hash)),
			put: async (_, hash, bytes) => void kept.set(hash, Buffer.from(bytes).toString()),
			get: () => Promise.reject(new Error("not asked for")),
		},
		fetchFile,
		budgets: { checkAsset: (_, bytes) => void costs.push(bytes) },
		memory,
		now: () => clock.at,
	});
	return { fetchAsset, kept, costs, memory, clock };
}

test("a style sheet is kept by names, and the page is told which files it names", async () => {
	const { fetchAsset, kept, memory } = createFetcher(async (url) => ({
		bytes: Buffer.from(CSS),
		url,
	}));
	const found = await fetchAsset(1, "https://cdn.example/css/a.css");
	const urls = ["https://cdn.example/css/more.css", "https://cdn.example/p.png?x=1"];
	expect(found?.urls).toEqual(urls);
	const [more, picture] = urls.map(referToAsset);
	const text = kept.get(found?.hash ?? "") ?? "";
	expect(text).toBe(
		`@import '${more}'; a { background: url("${picture}") } b { src: url("data:,x") }`,
	);
	expect(found?.hash).toBe(createHash("sha256").update(text).digest("hex"));
	expect(memory.held()).toBe(0);
});

test("one URL is fetched once an hour, also where it cannot be had", async () => {
	let asked = 0;
	const { fetchAsset, memory, clock } = createFetcher(async () => {
		asked++;
		throw new Error("away");
	});
	const url = "https://cdn.example/a.css";
	expect(await Promise.all([fetchAsset(1, url), fetchAsset(1, url)])).toEqual([
		undefined,
		undefined,
	]);
	expect(asked).toBe(1);
	clock.at += 61 * 60 * 1000;
	await fetchAsset(1, url);
	expect([asked, memory.held()]).toEqual([2, 0]);
});

test.each([
	"https://cdn.example/a.css?token=1",
	"https://u:p@cdn.example/a.css",
	"ftp://x/a.css",
	"x",
])("%s is not clean and nobody is asked", async (url) => {
	const { fetchAsset } = createFetcher(() => Promise.reject(new Error("asked")));
	expect(await fetchAsset(1, url)).toBeUndefined();
});
