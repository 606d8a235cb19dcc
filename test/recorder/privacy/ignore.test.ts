// What a site has said is not to be recorded: neither events nor facts come of it.
import { afterEach, expect, test } from "vitest";
import { FACT_PRESS } from "../../../protocol/fact.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake } from "../intake.ts";

const PAGE = `<!doctype html>{{script}}<section data-snag-ignore><button id="quiet">Quiet</button>
<input id="field"><div id="host"></div></section><button id="loud">Loud</button>
<script>host.attachShadow({ mode: "open" }).innerHTML = "<button>Inside</button>"</script>`;
const MOUSE_AND_KEYS = [2, 5];

let intake: Intake;

afterEach(() => intake.close());

describeWithBrowser("an ignored part of a page", (browser) => {
	test("tells of no press and no typing, and what stands beside it does", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the page" });
			await page.click("#quiet");
			await page.type("#field", "typed");
			await page.click("#host");
			const quiet = intake.accepted.length;
			await page.click("#loud");
			await page.goto(intake.page("/away"));
			await waitFor(() => intake.accepted.slice(quiet).some(({ envelope }) => envelope.last), {
				what: "the last words",
			});
		});
		const presses = intake.accepted
			.flatMap(({ facts }) => facts)
			.filter(([code]) => code === FACT_PRESS);
		expect(presses).toHaveLength(1);
		const ids = intake.accepted
			.flatMap(({ events }) => events.map(({ data }) => data as { source?: number; id?: number }))
			.filter(({ source }) => source !== undefined && MOUSE_AND_KEYS.includes(source))
			.map(({ id }) => id);
		expect(ids.length).toBeGreaterThan(0);
		expect(new Set(ids).size).toBe(1);
	});
});
