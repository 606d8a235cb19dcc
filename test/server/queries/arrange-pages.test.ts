import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPageGlob, spellPage } from "../../../protocol/page-glob.ts";
import {
	type Arrangement,
	arrangePages,
	type PageChoices,
	type StoredPage,
} from "../../../server/queries/arrange-pages.ts";
import { learnPages } from "../../../server/queries/learn-pages.ts";

const NONE: PageChoices = { rules: [], rejected: [] };

const path = (page: string, views = 1): StoredPage => ({ page, views, told: false });
const told = (page: string, views = 1): StoredPage => ({ page, views, told: true });
const many = (count: number, make: (at: number) => string, views = 1) =>
	Array.from({ length: count }, (_, at) => path(make(at), views));

/** Page → how many stored pages it stands for and why, only those that are not alone as they are. */
function mergesOf({ sets }: Arrangement): Record<string, [string, number]> {
	const merged = [...sets.values()].filter(({ by }) => by === "rule" || by === "learned");
	return Object.fromEntries(merged.map(({ page, by, members }) => [page, [by, members.length]]));
}

describe("what is learned of pages", () => {
	test("30 products that are seldom looked at are one page, 29 are not", () => {
		const product = (at: number) => `/product/mug-${at}x`;
		expect(mergesOf(arrangePages(many(30, product, 5), NONE))).toEqual({
			"/product/:slug": ["learned", 30],
		});
		expect(mergesOf(arrangePages(many(29, product, 5), NONE))).toEqual({});
	});

	test("pages that are looked at often stay as they are", () => {
		const pages = many(40, (at) => `/help/topic-${at}x`, 6);
		expect(mergesOf(arrangePages(pages, NONE))).toEqual({});
	});

	test("one popular product is one of them; the parts of a site, below no prefix, never are", () => {
		const pages = [
			...many(31, (at) => `/product/mug-${at}x`),
			path("/product/best", 900),
			...many(40, (at) => `/part-${at}x`),
		];
		expect(mergesOf(arrangePages(pages, NONE))).toEqual({ "/product/:slug": ["learned", 32] });
	});

	test("what follows the segment that varies tells pages apart", () => {
		const pages = [
			...many(30, (at) => `/u/name-${at}x`),
			...many(30, (at) => `/u/name-${at}x/posts`),
			path("/u/:id/posts"),
		];
		expect(mergesOf(arrangePages(pages, NONE))).toEqual({
			"/u/:slug": ["learned", 30],
			"/u/:slug/posts": ["learned", 30],
		});
	});

	test("two segments may vary", () => {
		const pages = many(60, (at) => `/shop/kind-${at % 30}x/thing-${at}y`);
		expect(mergesOf(arrangePages(pages, NONE))).toEqual({ "/shop/:slug/:slug2": ["learned", 60] });
	});

	test("what a page told of itself is left alone, even if it is called as what is learned", () => {
		const pages = [
			...many(30, (at) => `/product/mug-${at}x`),
			...Array.from({ length: 30 }, (_, at) => told(`/product/told-${at}x`)),
			told("/product/:slug"),
		];
		const { sets, shownAs } = arrangePages(pages, NONE);
		for (const { page } of pages.filter((each) => each.told)) {
			expect(shownAs.get(page)).toMatchObject({ page, by: "told", members: [{ page }] });
		}
		expect(sets.get("/product/:slug_2")).toMatchObject({ by: "learned" });
	});

	test("what was rejected is not merged, and is named", () => {
		const pages = many(30, (at) => `/product/mug-${at}x`);
		const { sets, rejected } = arrangePages(pages, { rules: [], rejected: ["/product/:slug"] });
		expect(sets.size).toBe(30);
		expect(rejected.get("/product/:slug")).toHaveLength(30);
	});
});

describe("rules of pages", () => {
	test("the first that fits decides, before what a page told and what is learned", () => {
		const pages = [
			...many(40, (at) => `/product/mug-${at}x`),
			path("/product/sale"),
			told("/product/[slug]"),
			path("/cart"),
		];
		const rules = ["/product/sale", "/product/:slug", "/product/*"];
		expect(mergesOf(arrangePages(pages, { rules, rejected: [] }))).toEqual({
			"/product/sale": ["rule", 1],
			"/product/:slug": ["rule", 41],
		});
	});
});

const segment = fc.oneof(
	fc.constantFrom("a", "b", ":id", "über", "%C3%BC", ":slug"),
	fc.integer({ min: 0, max: 80 }).map((at) => `v${at}`),
);
const page = fc
	.tuple(fc.constantFrom("p", "q"), fc.array(segment, { maxLength: 3 }))
	.map(([first, rest]) => `/${[first, ...rest].join("/")}`);
const storedPages = fc
	.uniqueArray(page, { minLength: 1, maxLength: 400, size: "max" })
	.chain((pages) =>
		fc
			.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat({ max: 9 })), {
				minLength: pages.length,
				maxLength: pages.length,
			})
			.map((rest) =>
				pages.map((each, at): StoredPage => {
					const [views = 0, luck = 0] = rest[at] ?? [];
					return { page: each, views, told: luck === 0 };
				}),
			),
	);
const choices = fc.record({
	rules: fc.subarray(["/p/a", "/p/:one/a", "/q/*", "*/b", "/p/:slug"]),
	rejected: fc.subarray(["/p/:slug", "/q/:slug"]),
});

describe("whatever the pages and the rules", () => {
	test("every stored page is shown once, and no view is lost or counted twice", () => {
		fc.assert(
			fc.property(storedPages, choices, (stored, chosen) => {
				const { sets, shownAs } = arrangePages(stored, chosen);
				const members = [...sets.values()].flatMap((set) => set.members);
				expect(members.map((each) => each.page).sort()).toEqual(
					stored.map((each) => each.page).sort(),
				);
				expect(members.every((each) => shownAs.get(each.page)?.members.includes(each))).toBe(true);
				for (const [name, set] of sets) expect(set.page).toBe(name);
			}),
		);
	});

	test("the order in which pages come changes nothing", () => {
		fc.assert(
			fc.property(storedPages, choices, fc.nat(), (stored, chosen, turn) => {
				const at = turn % stored.length;
				const turned = [...stored.slice(at), ...stored.slice(0, at)].reverse();
				const nameOf = (pages: StoredPage[]) => {
					const { shownAs } = arrangePages(pages, chosen);
					return stored.map((each) => [each.page, shownAs.get(each.page)?.page]);
				};
				expect(nameOf(turned)).toEqual(nameOf(stored));
			}),
		);
	});

	test("what is learned fits its pattern, merges nothing told, and has at least 30 values", () => {
		let seen = 0;
		fc.assert(
			fc.property(storedPages, (stored) => {
				const { sets } = arrangePages(stored, NONE);
				for (const set of sets.values()) {
					if (set.by !== "learned") continue;
					seen++;
					const fits = createPageGlob(set.page);
					expect(set.members.filter((each) => each.told || !fits(spellPage(each.page)))).toEqual(
						[],
					);
				}
			}),
			{ numRuns: 200 },
		);
		expect(seen).toBeGreaterThan(0);
	});

	test("a rule with the pattern of what was learned merges all that, too", () => {
		fc.assert(
			fc.property(storedPages, (stored) => {
				for (const [pattern, set] of arrangePages(stored, NONE).sets) {
					if (set.by !== "learned") continue;
					const { shownAs } = arrangePages(stored, { rules: [pattern], rejected: [] });
					expect(set.members.filter((each) => shownAs.get(each.page)?.page !== pattern)).toEqual(
						[],
					);
				}
			}),
		);
	});

	test("nothing is learned of fewer than 30 pages", () => {
		fc.assert(
			fc.property(storedPages, (stored) => {
				expect(learnPages(stored.slice(0, 29)).size).toBe(0);
			}),
		);
	});
});
