// A secret in every channel by which something private could leave (`canaries.ts`), in every mode: what
// arrives is inflated and searched for all of them, however they are written.
import { afterEach, expect, test } from "vitest";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, RECORD_ALL, startIntake, textOf } from "../intake.ts";
import { createSecrets, disguisesOf, findCore, NEVER, SHOWN } from "./canaries.ts";
import { actOn, raiseOnceRecorded, writePage } from "./canary-page.ts";

interface Mode {
	name: string;
	privacy: "balanced" | "strict";
	body?: string;
	/** Is plain text of the page told? */
	isShown: boolean;
	/** Is its title? In `strict` it goes whatever the body says, and a masked body says nothing of it. */
	isTitled: boolean;
}

const MODES: readonly Mode[] = [
	{ name: "balanced", privacy: "balanced", isShown: true, isTitled: true },
	{ name: "strict", privacy: "strict", isShown: false, isTitled: false },
	{
		name: "a masked body",
		privacy: "balanced",
		body: "data-snag-mask",
		isShown: false,
		isTitled: true,
	},
	{
		name: "strict with an open body",
		privacy: "strict",
		body: "data-snag-unmask",
		isShown: true,
		isTitled: false,
	},
];
const secrets = createSecrets();
const PAGE = writePage(secrets);

let intake: Intake;

afterEach(() => intake.close());

describeWithBrowser("privacy in a real page", (browser) => {
	test.each(MODES)("nothing private arrives with $name", async (mode) => {
		const { privacy, body, isShown, isTitled } = mode;
		const pages = { "/": writePage(secrets, body), "/from": "", "/framed": "<p>x</p>" };
		intake = await startIntake(pages);
		intake.configure({ status: 200, body: { ...RECORD_ALL, privacy } });
		await browser().withPage(async ({ page }) => {
			await page.goto(`${intake.page("/from")}?t=${secrets.referrerQuery}`);
			await page.evaluate(
				(to) => location.assign(to),
				`/?t=${secrets.pageQuery}#${secrets.pageHash}`,
			);
			// Within the page: what has been sent by then is too late for.
			await page.waitForFunction(raiseOnceRecorded);
			await waitFor(() => textOf(intake.accepted).includes("my-element"), { what: "the page" });
			await actOn(page, secrets);
			await page.goto(intake.page("/away"));
			await waitFor(() => intake.accepted.some(({ envelope }) => envelope.last), {
				what: "the last words",
			});
		});
		const text = intake.accepted.map((each) => each.text + each.body.toString("latin1")).join("\n");
		const found = (channels: object) =>
			Object.keys(channels).filter((channel) =>
				disguisesOf(findCore(secrets[channel as keyof typeof secrets])).some((disguise) =>
					text.includes(disguise),
				),
			);
		expect(found(NEVER)).toEqual([]);
		expect(text).not.toMatch(/8f3k2j9x7q/);
		// What is looked for is found where it is told.
		const isTold = (channel: string) => (channel === "shownTitle" ? isTitled : isShown);
		expect(found(SHOWN)).toEqual(Object.keys(SHOWN).filter(isTold));
	});

	test("a selection that is found in one place is found in any disguise", () => {
		const core = findCore(secrets.typed);
		const disguised = [
			...[`x${encodeURIComponent(core)}`, Buffer.from(`{"a":"${core}"}`).toString("base64")],
			...[Buffer.from(`ab${core}`).toString("hex"), [...core].reverse().join("")],
		];
		for (const text of disguised) {
			expect(
				disguisesOf(core).some((disguise) => text.includes(disguise)),
				text,
			).toBe(true);
		}
	});

	test("showing a password writes nothing to the page", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			const names = await page.$eval("#password", async (input) => {
				input.setAttribute("type", "text");
				await new Promise((resolve) => setTimeout(resolve));
				return input.getAttributeNames();
			});
			expect(names).toEqual(["id", "type", "value"]);
		});
	});

	test("a visitor who sends Global Privacy Control is not recorded and nothing is stored", async () => {
		intake = await startIntake({ "/": "<p>x</p>{{script}}" });
		await browser().withPage(async ({ page }) => {
			await page.evaluateOnNewDocument(() => {
				Object.defineProperty(navigator, "globalPrivacyControl", { value: true });
			});
			await page.goto(intake.page("/"));
			const stored = await page.evaluate(() => {
				const snag = (window as { snag?: { start(): void } }).snag;
				snag?.start();
				return [typeof snag, localStorage.length, sessionStorage.length, document.cookie];
			});
			expect(stored).toEqual(["object", 0, 0, ""]);
			await page.goto(intake.page("/away"));
		});
		expect([...intake.accepted, ...intake.refused]).toEqual([]);
	});
});
