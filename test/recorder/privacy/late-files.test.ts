// What is told again of an element once its file is there says no more of it than the first telling did.
import { afterEach, expect, test } from "vitest";
import { referToAsset } from "../../../protocol/asset.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Intake, startIntake, textOf } from "../intake.ts";

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`;
const PAGE = `<!doctype html>{{script}}<img class="late" alt="Write to canary1@mail.example">
<div data-snag-block><img class="late" alt="canary2"></div><img class="late" data-snag-block alt="canary3" data-name="self">
<p data-snag-mask><img class="late" alt="canary4" title="canary5"></p>
<p data-snag-ignore><img class="late" alt="Call +44 20 7946 0958"></p>`;
const NAMES = ["shown", "within", "self", "masked", "ignored"];
const FILES = NAMES.map((name) => [`/${name}.svg`, PICTURE]);

let intake: Intake;
afterEach(() => intake.close());

interface Told {
	attributes?: { attributes: Record<string, string> }[];
}

/** Attributes that were told of pictures once more, whole. */
const toldAgain = () =>
	intake.accepted
		.flatMap(({ events }) => events)
		.flatMap(({ data }) => (data as Told).attributes ?? [])
		.map(({ attributes }) => attributes)
		.filter((attributes) => attributes.class === "late");

describeWithBrowser("a picture that is chosen late", (browser) => {
	test("is told again as it is told first: masked, and not at all where it is blocked", async () => {
		intake = await startIntake({ "/": PAGE, ...Object.fromEntries(FILES) });
		await browser().withPage(async ({ page }) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			await page.evaluate(async (names) => {
				const pictures = [...document.images];
				const loads = pictures.map(
					(one) => new Promise((done) => one.addEventListener("load", done)),
				);
				for (const [at, one] of pictures.entries()) one.srcset = `/${names[at]}.svg 1x`;
				await Promise.all(loads);
			}, NAMES);
			await page.goto(intake.page("/away"));
			await waitFor(() => intake.accepted.some(({ envelope }) => envelope.last), {
				what: "the last words",
			});
		});
		const nameOf = (name: string) => referToAsset(intake.page(`/${name}.svg`));
		// Those that may be seen by the names of their files, and the one that is masked without.
		const files = toldAgain().map(({ src }) => src);
		expect(files).toHaveLength(3);
		expect(new Set(files)).toEqual(new Set([nameOf("shown"), undefined, nameOf("ignored")]));
		const text = textOf(intake.accepted);
		expect(text).not.toMatch(/canary|7946/);
		for (const name of ["within", "self", "masked"]) expect(text).not.toContain(nameOf(name));
	});
});
