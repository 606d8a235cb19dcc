// Every way into the recorder goes through its guard: of all its functions, those that the browser or the
// page calls, and not another one of its own, are listed. What is planted in the others cannot get out
// (`test/slow/planted.test.ts`); around these nothing of ours could catch, so they hold next to nothing.
import { expect, test } from "vitest";
import { FACT_EXPOSED } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { startIntake } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";
import { buildPlanted, isEntry } from "./planted-build.ts";
import {
	installPlant,
	leaveAndReturn,
	NO_PLANT,
	PLANTED_PAGE,
	PLANTED_SHEET,
	readPlant,
	useEverything,
} from "./planted-page.ts";

describeWithBrowser("the browser and the page", (browser) => {
	test("call the recorder by its guard, and by what is listed alone", async () => {
		const { scripts, functions } = await buildPlanted();
		const pages = { "/": PLANTED_PAGE, "/sheet.css": PLANTED_SHEET };
		const intake = await startIntake(pages, { scripts, takesFiles: true });
		const watch = await browser().withPage(async ({ page }) => {
			await page.evaluateOnNewDocument(installPlant, NO_PLANT);
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await useEverything(page);
			const facts = () => intake.accepted.flatMap((received) => received.facts);
			const isLast = () => facts().some(([code]) => code === FACT_EXPOSED);
			await waitFor(isLast, { what: "what was seen of the page", timeoutMs: 30_000 });
			await leaveAndReturn(page);
			return readPlant(page);
		});
		await intake.close();
		const names = watch.entries.map((number) => functions[number] ?? "");
		expect(names).toContain("guard.ts createGuard › wrap › ");
		expect(names.filter((name) => !isEntry(name))).toEqual([]);
		expect(watch.begun.length).toBeGreaterThan(functions.length / 2);
	});
});
