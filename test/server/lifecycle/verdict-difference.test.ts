import { describe, expect, test } from "vitest";
import {
	addVerdicts,
	createDifference,
	isSameVerdict,
	listElements,
	type Verdict,
} from "../../../server/lifecycle/verdict-difference.ts";

const verdict = (more: Partial<Verdict> = {}): Verdict => ({
	...{ class: "rage", page: "/cart", stream: "a", element: 1, element_key: "id:buy" },
	...{ text: "Buy", role: "button", tag: "button", severity: 0.5, signals: "[]" },
	...{ at: 1000, until: 2000, ...more },
});
const dead = { class: "dead", severity: 0.25 };

describe("of two verdicts on one session", () => {
	test.each<[string, Verdict[], Verdict[], boolean]>([
		["nothing and nothing are the same", [], [], true],
		["order is nothing", [verdict(), verdict(dead)], [verdict(dead), verdict()], true],
		[
			"what rounding makes of a severity is nothing",
			[verdict()],
			[verdict({ severity: 0.5004 })],
			true,
		],
		["another severity is something", [verdict()], [verdict({ severity: 0.51 })], false],
		["another instant is something", [verdict()], [verdict({ at: 1001 })], false],
		["another sentence is something", [verdict()], [verdict({ signals: '["x"]' })], false],
		["one more is something", [verdict()], [verdict(), verdict(dead)], false],
	])("%s", (_, before, after, want) => {
		expect(isSameVerdict(before, after)).toBe(want);
	});
});

test("gained and lost are counted by kind and by element, and what moved is neither", () => {
	const difference = createDifference();
	addVerdicts(difference, [verdict(), verdict(dead)], [verdict({ at: 1200, severity: 0.75 })]);
	addVerdicts(
		difference,
		[],
		[verdict(), verdict({ element: 2, element_key: "id:pay", text: "" })],
	);
	addVerdicts(difference, [verdict()], [verdict()]);
	expect(difference).toMatchObject({
		...{ sessions: 3, changed: 2 },
		kinds: {
			rage: { before: 2, after: 4, gained: 2, lost: 0, severity: 1.25 },
			dead: { before: 1, after: 0, gained: 0, lost: 1, severity: -0.25 },
		},
	});
	expect(listElements(difference, 2)).toEqual([
		{ kind: "rage", page: "/cart", key: "id:buy", name: "Buy", gained: 1, lost: 0, severity: 0.5 },
		{
			kind: "rage",
			page: "/cart",
			key: "id:pay",
			name: "button",
			gained: 1,
			lost: 0,
			severity: 0.5,
		},
	]);
});

test("three of a kind where there were two are one gained", () => {
	const difference = createDifference();
	const times = (count: number) => Array.from({ length: count }, (_, at) => verdict({ at }));
	addVerdicts(difference, times(2), times(3));
	expect(difference.kinds.rage).toMatchObject({ before: 2, after: 3, gained: 1, lost: 0 });
});

test("what was counted goes on after it was kept as JSON", () => {
	const whole = createDifference();
	let kept = createDifference();
	for (const [before, after] of [
		[[verdict()], []],
		[[], [verdict(dead)]],
	]) {
		addVerdicts(whole, before ?? [], after ?? []);
		kept = JSON.parse(JSON.stringify(kept));
		addVerdicts(kept, before ?? [], after ?? []);
	}
	expect(kept).toEqual(whole);
});
