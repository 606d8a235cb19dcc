// The proof that presses are drawn on what was pressed, over pages of all kinds of layout.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRandom } from "../../demo/random.ts";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { bundlePage } from "../support/bundle-page.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { judgeVisit, type Verdict } from "./judge-layout.ts";
import { deployAnew, LAYOUTS, type Layout } from "./layouts.ts";
import { recordPresses, type Visit } from "./record-presses.ts";

export interface Widths {
	pressedAt: readonly number[];
	shownAt: readonly number[];
	/** 2 proves every second layout, and those that have a deploy of their own. */
	every?: number;
	/** Proves that keys hold on the others as well. */
	deploysAll?: boolean;
}

const SEED = Number(process.env.SNAG_TEST_SEED ?? 7);
const HELD = 0.95;
const RIGHT = 0.99;
const DEPLOY_WIDTH = 1280;

export function proveLayouts({ pressedAt, shownAt, every = 1, deploysAll }: Widths): void {
	const layouts = LAYOUTS.filter(({ deployed }, at) => deployed || at % every === 0).map(
		(layout): Layout =>
			deploysAll && !layout.fleeting ? { deployed: deployAnew(layout.html), ...layout } : layout,
	);
	describeWithBrowser(`presses on ${layouts.length} layouts, seed ${SEED},`, (browser) => {
		const random = createRandom(SEED);
		const rows: string[] = [];
		let intake: Intake;
		beforeAll(async () => {
			intake = await startIntake(Object.fromEntries(layouts.flatMap(listPages)));
		});
		afterAll(async () => {
			await intake.close();
			console.log([HEAD, ...rows].join("\n"));
		});
		const record = (layout: Layout, path: string, width: number): Promise<Visit> =>
			recordPresses({ browser: browser(), intake, layout, path, width, random });

		test.each(layouts)("$name: are on what was pressed at every width", async (layout) => {
			const verdicts: Verdict[] = [];
			let visit: Visit | undefined;
			for (const width of pressedAt) {
				visit = await record(layout, pathOf(layout), width);
				expect(visit.presses.length, "presses made").toBeGreaterThan(0);
				const { pinch = 1 } = layout.zoom ?? {};
				expect(new Set(visit.presses.map(({ scale }) => Math.round(scale * 100) / 100))).toEqual(
					new Set([pinch]),
				);
				expect(visit.elements.length, "presses that arrived").toBe(visit.presses.length);
				verdicts.push(...(await judgeVisit(browser(), layout, visit, shownAt)));
			}
			const held = layout.deployed && visit ? await countHeld(layout, visit) : undefined;
			rows.push(describeRow(layout, verdicts, held));
			for (const { presses, totals } of verdicts) {
				for (const { shown, notShown } of totals) expect(shown + notShown).toBe(presses);
			}
			const reasons = verdicts.flatMap((one) => Object.keys(one.reasons));
			expect(layout.gone ?? []).toEqual(expect.arrayContaining(reasons));
			const [same, other] = [true, false].map((is) => verdicts.filter((one) => one.same === is));
			expect(same?.flatMap(({ wrong, far }) => [...wrong, ...far])).toEqual([]);
			expect(same?.flatMap(({ changed }) => changed)).toEqual([]);
			const shown = sum(other ?? [], (one) => one.shown);
			const wrong = (other ?? []).flatMap((one) => one.wrong);
			expect(wrong.length, wrong.join("\n")).toBeLessThanOrEqual((1 - RIGHT) * shown);
			if (held) expect(held[0] / held[1], "keys that hold").toBeGreaterThanOrEqual(HELD);
		});

		/** How many of the pressed elements are found as the same in the page after a deploy. */
		const countHeld = async (layout: Layout, visit: Visit): Promise<[number, number]> => {
			const now = await record(
				{ ...layout, steps: [] },
				`${pathOf(layout)}/deployed`,
				DEPLOY_WIDTH,
			);
			const script = await bundlePage(new URL("rebuild-page.ts", import.meta.url));
			return browser().withPage(async ({ page }) => {
				await page.evaluate(script);
				const size = { width: DEPLOY_WIDTH, height: 800 };
				await page.evaluate((...given) => window.buildMapPage(...given), now.events, now.at, size);
				const marks = await page.evaluate((given) => window.findMarks(given), visit.elements);
				const held = marks.filter((mark, index) => mark === visit.presses[index]?.mark);
				return [held.length, marks.length];
			});
		};
	});
}

const pathOf = ({ name }: Layout): string => `/${name.replaceAll(" ", "-")}`;

function listPages(layout: Layout): [string, string][] {
	const { html, deployed } = layout;
	const now: [string, string] = [pathOf(layout), html];
	return deployed === undefined ? [now] : [now, [`${pathOf(layout)}/deployed`, deployed]];
}

const HEAD = `${"layout".padEnd(28)}${"presses, same width".padEnd(22)}${"other widths".padEnd(26)}${"held".padEnd(10)}absolute, ratio, % of document (other widths)`;

function describeRow({ name }: Layout, all: Verdict[], held: [number, number] | undefined) {
	const say = (verdicts: Verdict[]): string => {
		const presses = sum(verdicts, (one) => one.presses);
		const shown = sum(verdicts, (one) => one.shown);
		const wrong = sum(verdicts, (one) => one.wrong.length + one.far.length);
		return `${shown - wrong} right of ${shown}, ${presses}`;
	};
	const [same, other] = [true, false].map((is) => all.filter((one) => one.same === is));
	const presses = sum(other ?? [], (one) => one.presses);
	const rivals = [0, 1, 2].map((rival) => {
		const right = sum(other ?? [], (one) => one.rivals[rival] ?? 0);
		return `${Math.round((100 * right) / presses)} %`;
	});
	const reasons = new Map<string, number>();
	for (const [reason, count] of all.flatMap((one) => Object.entries(one.reasons))) {
		reasons.set(reason, (reasons.get(reason) ?? 0) + count);
	}
	const missing = [...reasons].map(([reason, count]) => `${reason} ${count}`).join(", ");
	const kept = held ? `${held[0]} of ${held[1]}` : "";
	return `${name.padEnd(28)}${say(same ?? []).padEnd(22)}${say(other ?? []).padEnd(26)}${kept.padEnd(10)}${rivals.join(", ").padEnd(20)} ${missing}`;
}

function sum<T>(of: readonly T[], take: (one: T) => number): number {
	return of.reduce((total, one) => total + take(one), 0);
}
