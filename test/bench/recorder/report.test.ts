// What the benchmark says of visits that are made up here, so that each verdict is known beforehand.
import { describe, expect, test } from "vitest";
import { isMet } from "../../../bench/figure.ts";
import type { MeasuredPage } from "../../../bench/recorder/pages.ts";
import { RECORDERS } from "../../../bench/recorder/recorders.ts";
import { compareVisits, formatReport } from "../../../bench/recorder/report.ts";
import type { Visit } from "../../../bench/recorder/visit.ts";

const VUE: MeasuredPage = { name: "vue", kind: "application", file: "vue", seconds: 10 };
const LIT: MeasuredPage = { name: "lit", kind: "application", file: "lit", seconds: 10 };
const BIG: MeasuredPage = { name: "50k nodes", kind: "size", file: "size", seconds: 0 };
const recorders = RECORDERS.filter(({ name }) => ["none", "Snag", "rrweb"].includes(name));

const visit = (page: MeasuredPage, recorder: string, mainMs: number, more = {}): Visit => ({
	...{ page: page.name, recorder, mainMs, longestMs: mainMs / 10, workerMs: 0, poolMs: 0 },
	...{ sentBytes: mainMs * 1000, requests: 1, loadedBytes: 30_000, isWhole: true },
	...more,
});
/** Five visits a millisecond apart. */
const visits = (page: MeasuredPage, recorder: string, fromMs: number, more = {}): Visit[] =>
	Array.from({ length: 5 }, (_, index) => visit(page, recorder, fromMs + index, more));

describe("the report", () => {
	test("gives each recorder's factor over no recorder, and the geometric mean of applications", () => {
		const { means } = compareVisits(
			[
				...[visit(VUE, "none", 100), visit(VUE, "Snag", 200)],
				...[visit(LIT, "none", 100), visit(LIT, "Snag", 800)],
				...[visit(BIG, "none", 1), visit(BIG, "Snag", 900)],
			],
			{ pages: [VUE, LIT, BIG], recorders },
		);
		expect(means.find(({ recorder }) => recorder === "Snag")?.factor).toBeCloseTo(4);
		expect(means.find(({ recorder }) => recorder === "none")?.factor).toBeCloseTo(1);
	});

	test.each<[string, number, boolean]>([
		["is lowest below all of the others' rounds", 205, true],
		["is not lowest where one round touches", 206, false],
		["is not lowest above", 300, false],
	])("says that Snag %s", (_, ours, want) => {
		const all = [
			...[...visits(VUE, "none", 100), ...visits(VUE, "Snag", ours)],
			...visits(VUE, "rrweb", 210),
		];
		const { figures, remarks } = compareVisits(all, { pages: [VUE], recorders });
		expect(remarks.join()).toContain(want ? "is the lowest" : "is not the lowest");
		expect(figures.map(isMet)[0]).toBe(want);
	});

	test("judges the longest task of a page that is only big", () => {
		const all = [
			...[...visits(BIG, "none", 100), ...visits(BIG, "Snag", 500, { longestMs: 9 })],
			...visits(BIG, "rrweb", 200, { longestMs: 90 }),
		];
		const { figures, remarks } = compareVisits(all, { pages: [BIG], recorders });
		expect(figures[0]).toMatchObject({ ours: 9, rival: 90, ratio: 0.1 });
		expect(remarks).toEqual([
			"50k nodes: Snag is the lowest in longest task; its rounds overlap with those of nobody.",
		]);
	});

	test("decides nothing after fewer than five rounds", () => {
		const all = [visit(VUE, "none", 100), visit(VUE, "Snag", 110), visit(VUE, "rrweb", 300)];
		const { figures, remarks } = compareVisits(all, { pages: [VUE], recorders });
		expect(remarks).toEqual(["vue: fewer than 5 rounds decide nothing."]);
		expect(isMet(figures[0] as (typeof figures)[0])).toBeUndefined();
	});

	test("does not call Snag the lowest where it did not record to the end", () => {
		const all = [
			...[...visits(VUE, "none", 100), ...visits(VUE, "Snag", 105, { isWhole: false })],
			...visits(VUE, "rrweb", 210),
		];
		const { figures, remarks } = compareVisits(all, { pages: [VUE], recorders });
		expect(remarks).toEqual(["vue: Snag did not record to the end."]);
		expect(isMet(figures[0] as (typeof figures)[0])).toBeUndefined();
	});

	test("stars a recorder that did not send the last change", () => {
		const all = [visit(VUE, "none", 100), visit(VUE, "rrweb", 110, { isWhole: false })];
		const text = formatReport(compareVisits(all, { pages: [VUE], recorders }));
		expect(text).toContain("| rrweb * |");
		expect(text).not.toContain("| none * |");
	});
});
