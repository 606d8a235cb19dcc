// An exception planted in every function of the recorder that a visit calls, one at a time: the page
// behaves as without us, and nothing that was typed gets out. It is thrown where the function begins, and
// in callbacks in another visit also where they end. Left out are those that `isEntry` lists.
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPlanted, isEntry, type PlantedBuild } from "../recorder/host/planted-build.ts";
import {
	installPlant,
	leaveAndReturn,
	NO_PLANT,
	PLANTED_PAGE,
	PLANTED_SHEET,
	type Plant,
	readPlant,
	SECRET,
	settle,
	useEverything,
	waitBegun,
	waitThrown,
} from "../recorder/host/planted-page.ts";
import { type Intake, startIntake, textOf } from "../recorder/intake.ts";
import type { TestBrowser } from "../support/browser.ts";
import { describeWithBrowser } from "../support/suites.ts";

const AT_ONCE = 4;
/** Each takes some minutes, and runs alone by its name. */
const PARTS = [0, 1, 2, 3, 4, 5, 6, 7];
const CALLBACK = /(?:wrap|guarded|listen|on|later|whenIdle|then)\(\)$/;
/** Once the rest is over, what has not come yet is waited for this long. */
const LATE_MS = 6000;
/** What depends on how fast the machine is may not come at all. */
const MOST_MISSED = 0.15;

let built: PlantedBuild;
let intake: Intake;

beforeAll(async () => {
	built = await buildPlanted();
	const pages: Record<string, string> = {
		...{ "/sheet.css": PLANTED_SHEET, "/page": PLANTED_PAGE },
		"/bare": PLANTED_PAGE.replaceAll("{{script}}", ""),
	};
	intake = await startIntake(pages, { scripts: built.scripts, takesFiles: true });
});
afterAll(() => intake.close());

/** What a page with this exception saw, and what of the recorder had begun there. */
async function visit(browser: TestBrowser, path: string, plant: Plant, lateMs: number) {
	return browser.withPage(async ({ page, problems }) => {
		await page.evaluateOnNewDocument(installPlant, plant);
		await page.goto(intake.page(path));
		if (path !== "/bare") await waitBegun(page);
		const given = await useEverything(page);
		if (path !== "/bare") await waitThrown(page, lateMs);
		const left = await leaveAndReturn(page);
		await settle(page);
		const [errors, html] = await page.evaluate(() => {
			const { heard } = window as unknown as { heard: string[] };
			const copy = document.documentElement.cloneNode(true) as Element;
			for (const script of copy.querySelectorAll("script")) script.remove();
			return [heard, copy.outerHTML] as const;
		});
		const watch = await readPlant(page);
		await page.goto(intake.page("/away"));
		return { ...watch, seen: { given, left, errors, html, problems } };
	});
}

describeWithBrowser("an exception in every function of the recorder", (browser) => {
	let bare: unknown;
	let plants: Plant[];
	beforeAll(async () => {
		bare = (await visit(browser(), "/bare", NO_PLANT, 0)).seen;
		const { begun, seen } = await visit(browser(), "/page", NO_PLANT, LATE_MS);
		expect(seen).toEqual(bare);
		const ours = begun.filter((number) => !isEntry(built.functions[number] ?? ""));
		plants = ours.flatMap((number): Plant[] => {
			const isCallback = CALLBACK.test(built.functions[number] ?? "");
			return [{ number, when: "begin" }, ...(isCallback ? [{ number, when: "end" } as const] : [])];
		});
		console.log(
			`${plants.length} exceptions in ${ours.length} of ${built.functions.length} functions`,
		);
	});

	test.each(PARTS)("leaves the page as it is without us (part %i)", async (part) => {
		const mine = plants.filter((_, at) => at % PARTS.length === part);
		const queue = mine.values();
		const missed: string[] = [];
		const broken: unknown[] = [];
		const lane = async (): Promise<void> => {
			for (const plant of queue) {
				const name = `${plant.when} of ${built.functions[plant.number]}`;
				const { seen, isThrown } = await visit(browser(), "/page", plant, LATE_MS);
				if (!isThrown) missed.push(name);
				// As texts, so that the whole list is told.
				if (JSON.stringify(seen) !== JSON.stringify(bare)) broken.push({ name, seen });
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, lane));
		console.log(
			`${mine.length - missed.length} of ${mine.length} thrown, not: ${missed.join(", ")}`,
		);
		expect(broken).toEqual([]);
		expect(textOf(intake.accepted)).not.toContain(SECRET);
		expect(missed.length).toBeLessThanOrEqual(mine.length * MOST_MISSED);
		intake.accepted.length = 0;
	});
});
