// A page with something for every kind of fact, and what arrived of a visit to it.
import type { Page } from "puppeteer-core";
import { FACT_ELEMENT, FACT_LEAVE, type Fact } from "../../../protocol/fact.ts";
import type { TestBrowser } from "../../support/browser.ts";
import { waitFor } from "../../support/wait-for.ts";
import type { Intake } from "../intake.ts";
import { recordingBegan } from "../recording-began.ts";

/** Facts of one kind, with the ids of their elements instead of numbers. */
export type Told = (code: number) => (unknown[] & { element?: string })[];

/** Opens a page, does something there, leaves it, and waits for its last words. */
export async function visit(
	{ browser, intake, path = "/" }: { browser: TestBrowser; intake: Intake; path?: string },
	act: (page: Page) => Promise<unknown>,
): Promise<{ told: Told; problems: readonly string[] }> {
	const problems = await browser.withPage(async ({ page, problems }) => {
		await page.goto(intake.page(path));
		await recordingBegan(page);
		await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
		await act(page);
		await page.goto(intake.page("/away"));
		await waitFor(() => isWhole(intake), { what: "the last words and all before them" });
		return [...problems];
	});
	return { told: read(intake), problems };
}

/** Last words overtake what is still on its way. */
export function isWhole({ accepted }: Pick<Intake, "accepted">): boolean {
	const last = accepted.find(({ facts }) =>
		facts.some((fact) => fact[0] === FACT_LEAVE && fact[3] === "unload"),
	)?.envelope;
	if (last === undefined) return false;
	const ofStream = accepted.filter(({ envelope }) => envelope.stream === last.stream);
	return new Set(ofStream.map(({ envelope }) => envelope.sequence)).size > last.sequence;
}

function read(intake: Intake): Told {
	const ofStreams = new Map<string, Fact[]>();
	for (const { envelope, facts } of intake.accepted) {
		ofStreams.set(envelope.stream, [...(ofStreams.get(envelope.stream) ?? []), ...facts]);
	}
	return (code) =>
		[...ofStreams.values()].flatMap((facts) => {
			const name = (number: unknown) => {
				const defined = facts.find((fact) => fact[0] === FACT_ELEMENT && fact[2] === number);
				return defined?.[0] === FACT_ELEMENT ? String(defined[3][0]?.[1]) : undefined;
			};
			return facts
				.filter((fact) => fact[0] === code)
				.sort((a, b) => a[1] - b[1])
				.map((fact) => {
					const element = name(code === 14 ? fact[5] : fact[3]);
					return Object.assign([...fact], element === undefined ? {} : { element });
				});
		});
}
