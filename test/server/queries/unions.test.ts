import fc from "fast-check";
import { expect, test } from "vitest";
import type { ElementCandidate } from "../../../protocol/element-key.ts";
import { type KeyDefinition, uniteKeys } from "../../../server/queries/unions.ts";

const candidate = fc.tuple(
	fc.constantFrom<ElementCandidate[0][]>("id", "text", "link", "path", "class"),
	fc.constantFrom("a", "b", "c"),
);
const anyDefinition: fc.Arbitrary<KeyDefinition> = fc
	.record({
		session: fc.constantFrom("s1", "s2", "s3", "s4"),
		stream: fc.constantFrom("t1", "t2"),
		element: fc.nat(3),
		candidates: fc.array(candidate, { minLength: 1, maxLength: 3 }),
	})
	.map((made) => ({ ...made, key: (made.candidates[0] ?? []).join(":") }));
const anyDefinitions = fc.array(anyDefinition, { maxLength: 25 });

/** One key before and one after a deploy, that share the words of a button, in so many sessions each. */
function renamed(before: number, after: number): KeyDefinition[] {
	const words: ElementCandidate = ["text", "button=Buy"];
	return Array.from({ length: before + after }, (_, at) => {
		const id: ElementCandidate = ["id", at < before ? "buy" : "purchase"];
		const where = { session: `s${at}`, stream: "t", element: 0 };
		return { ...where, key: id.join(":"), candidates: [id, words] };
	});
}

test("keys that share a name in three sessions are one, and in two they are not", () => {
	expect(uniteKeys(renamed(2, 1)).get("id:purchase")).toBe("id:buy");
	expect(uniteKeys(renamed(1, 1)).get("id:purchase")).toBe("id:purchase");
});

test("a union is taken back with the definition that made it, and by one stream that saw two nodes", () => {
	expect(uniteKeys(renamed(2, 1).slice(1)).get("id:purchase")).toBe("id:purchase");
	const both = renamed(3, 3).map((each, at) => ({
		...each,
		element: at,
		session: at < 5 ? `s${at}` : "s0",
	}));
	expect(uniteKeys(both).get("id:purchase")).toBe("id:purchase");
});

test("a position that two keys share unites nothing", () => {
	const placed = renamed(3, 3).map((each) => {
		const candidates: ElementCandidate[] = [
			["path", "html"],
			["class", "button"],
		];
		return { ...each, candidates };
	});
	expect(uniteKeys(placed).get("id:purchase")).toBe("id:purchase");
});

test("no two keys that one stream gave to two nodes are ever united", () => {
	let united = 0;
	fc.assert(
		fc.property(anyDefinitions, (all) => {
			const unions = uniteKeys(all);
			for (const [key, canonical] of unions) if (key !== canonical) united++;
			for (const one of all) {
				for (const other of all) {
					const sameStream = one.session === other.session && one.stream === other.stream;
					if (!sameStream || one.element === other.element || one.key === other.key) continue;
					expect(unions.get(one.key)).not.toBe(unions.get(other.key));
				}
			}
		}),
		{ numRuns: 500 },
	);
	expect(united).toBeGreaterThan(50);
});

test("the order of definitions does not matter, every key has a union, and its head is in it", () => {
	fc.assert(
		fc.property(
			anyDefinitions.chain((all) =>
				fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
			),
			([all, shuffled]) => {
				const unions = uniteKeys(all);
				expect([...uniteKeys(shuffled)].sort()).toEqual([...unions].sort());
				expect(new Set(unions.keys())).toEqual(new Set(all.map(({ key }) => key)));
				for (const canonical of unions.values()) expect(unions.get(canonical)).toBe(canonical);
			},
		),
		{ numRuns: 300 },
	);
});
