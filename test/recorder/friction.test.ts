// A session that is not among those that are replayed, until something goes wrong in it.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import type { ElementCandidate } from "../../protocol/element-key.ts";
import {
	FACT_ANSWER,
	FACT_ELEMENT,
	FACT_ERROR,
	FACT_PRESS,
	type Fact,
	HINT_REPEATABLE,
	type Response,
} from "../../protocol/fact.ts";
import { PACKED_SNAPSHOT } from "../../protocol/packed-event.ts";
import { createFriction } from "../../recorder/friction.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Intake, RECORD_ALL, startIntake, textOf } from "./intake.ts";
import { recordingBegan } from "./recording-began.ts";

const press = (at: number, element: number, hints = 0): Fact => [
	...([FACT_PRESS, at, 0, element, 0, 0, 0, 0, "flow", "mouse", 0, 0, -1, -1] as const),
	...([hints, ""] as const),
];
const element = (number: number, role: string): Fact => [
	...([FACT_ELEMENT, 0, number, [] as ElementCandidate[], "div", role, "", 0] as const),
];
const answer = (number: number, responses: Response[]): Fact => [
	...([FACT_ANSWER, 7000, 0, number, 0, 1, 7000, 0, responses] as const),
];
const error = (source: "error" | "rejection" | "resource"): Fact => [
	...([FACT_ERROR, 0, 0, source, "1", "message", ""] as const),
];

const sequences: [name: string, facts: Fact[], isFriction: boolean][] = [
	["an uncaught error", [error("error")], true],
	["a rejection", [error("rejection")], true],
	["a file that did not load", [error("resource")], false],
	["three presses on one element", [press(0, 1), press(900, 1), press(2000, 1)], true],
	["three presses that take longer", [press(0, 1), press(900, 1), press(2001, 1)], false],
	["two presses", [press(0, 1), press(100, 1)], false],
	["presses on several elements", [press(0, 1), press(1, 2), press(2, 3), press(3, 1)], false],
	[
		"three presses on one, others between",
		[press(0, 1), press(1, 2), press(2, 1), press(3, 1)],
		true,
	],
	["presses on a stepper", [1, 2, 3, 4].map((at) => press(at, 1, HINT_REPEATABLE)), false],
	["a button that does not answer", [element(1, "button"), answer(1, [])], true],
	["a button that answers", [element(1, "button"), answer(1, [["mutation", 100, "near"]])], false],
	["a text that does not answer", [element(1, ""), answer(1, [])], false],
	["a picture that does not answer", [element(1, "img"), answer(1, [])], false],
];
test.each(sequences)("%s: %j is friction: %s", (_, facts, isFriction) => {
	const friction = createFriction();
	expect(facts.map(friction).at(-1)).toBe(isFriction);
});

const PAGE = `<!doctype html><title>Page</title><link rel="stylesheet" href="/page.css">{{script}}
<body><h1>Heading of the page</h1><p id="name">Name of a person</p>
<button onclick="this.append('!')">Press</button><div>Nothing</div></body>`;

let intake: Intake;
afterEach(() => intake?.close());

const events = () => intake.accepted.flatMap((received) => received.events);
const arrived = (text: string) =>
	waitFor(() => textOf(intake.accepted).includes(text), { what: `"${text}"` });
const errorAt = () =>
	intake.accepted.flatMap(({ facts }) => facts).find(([code]) => code === FACT_ERROR)?.[1] ?? 0;
const write = (page: Page, text: string) =>
	page.evaluate((text) => document.body.append(text), text);
const fail = (page: Page) =>
	page.evaluate(() => {
		window.dispatchEvent(new ErrorEvent("error", { message: "it went wrong" }));
	});

/** What the recorder of a page has put down, sent or not, and a clock that the test moves on. */
interface Watched {
	told: string[];
	pass(ms: number): void;
}
const pass = (page: Page, ms: number) =>
	page.evaluate((ms) => (window as unknown as Watched).pass(ms), ms);
const listTold = (page: Page) => page.evaluate(() => (window as unknown as Watched).told);
const snapshots = (number: number, page: Page) =>
	waitFor(
		async () => {
			const told = await listTold(page);
			return told.filter((text) => text.startsWith(`[${PACKED_SNAPSHOT},`)).length === number;
		},
		{ what: `snapshot ${number}` },
	);

describeWithBrowser("a session that is not chosen for replay", (browser) => {
	const visit = async (replayOnFriction: boolean, act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": PAGE, "/next": PAGE, "/page.css": "h1 { color: red }" });
		const body = { ...RECORD_ALL, sampling: 0, replayOnFriction };
		intake.configure({ status: 200, body });
		await browser().withPage(async ({ page, problems }) => {
			await page.evaluateOnNewDocument(() => {
				const { now } = Date;
				const { stringify } = JSON;
				let passed = 0;
				const told: string[] = [];
				const pass = (ms: number): void => {
					passed += ms;
				};
				Date.now = () => now() + passed;
				JSON.stringify = ((value: unknown) => {
					const text = stringify(value);
					told.push(text);
					return text;
				}) as typeof stringify;
				Object.assign(window, { told, pass });
			});
			await page.goto(intake.page("/"));
			await recordingBegan(page);
			await act(page);
			expect(problems.filter((problem) => problem.startsWith("exception"))).toEqual([]);
		});
	};
	/** Of the first stream: a snapshot first, and times that never run backwards. */
	const expectPlayable = () => {
		const { stream } = intake.accepted[0]?.envelope ?? {};
		const played = intake.accepted
			.filter(({ envelope }) => envelope.stream === stream)
			.flatMap((received) => received.events);
		expect(played.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
		const times = played.map(({ timestamp }) => timestamp);
		expect(times).toEqual(times.toSorted((a, b) => a - b));
	};

	test("sends no page and keeps no file while nothing goes wrong", async () => {
		await visit(true, async (page) => {
			await snapshots(1, page);
			await page.click("button");
			await write(page, "never sent");
			await page.goto(intake.page("/next"));
			await recordingBegan(page);
			await snapshots(1, page);
			await page.goto(intake.page("/away"));
			const presses = () => intake.accepted.flatMap(({ facts }) => facts).map(([code]) => code);
			await waitFor(() => presses().includes(FACT_PRESS), { what: "the press" });
		});
		expect(events()).toEqual([]);
		expect(intake.asked.filter((path) => path.includes("assets"))).toEqual([]);
	});

	test("sends what led to an error and all that follows, on the next page too", async () => {
		await visit(true, async (page) => {
			await snapshots(1, page);
			await write(page, "at the beginning");
			await pass(page, 20_000);
			await write(page, "before the error");
			await fail(page);
			await arrived("before the error");
			await write(page, "after the error");
			await arrived("after the error");
			await page.goto(intake.page("/next"));
			await write(page, "on the next page");
			await arrived("on the next page");
			await waitFor(() => intake.asked.some((path) => path.includes("assets")), { what: "files" });
		});
		expectPlayable();
		expect(textOf(intake.accepted)).toContain("at the beginning");
		expect(errorAt() - (events()[0]?.timestamp ?? 0)).toBeGreaterThanOrEqual(20_000);
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.session)).size).toBe(1);
	});

	test("keeps the last minute or two, from a snapshot on", async () => {
		await visit(true, async (page) => {
			await snapshots(1, page);
			const beganAt = await page.evaluate(() => Date.now());
			for (const number of [2, 3]) {
				await pass(page, 61_000);
				await write(page, `stretch ${number}`);
				await snapshots(number, page);
			}
			await pass(page, 20_000);
			await fail(page);
			await write(page, "after the error");
			await arrived("after the error");
			const ms = errorAt() - (events()[0]?.timestamp ?? 0);
			expect(ms).toBeGreaterThanOrEqual(30_000);
			expect(errorAt() - beganAt).toBeGreaterThanOrEqual(142_000);
			expect(ms).toBeLessThan(100_000);
		});
		expectPlayable();
		expect(events().filter(({ type }) => type === 2)).toHaveLength(2);
	});

	test("is replayed once somebody presses in anger", async () => {
		await visit(true, async (page) => {
			await snapshots(1, page);
			await page.click("div", { count: 3 });
			await arrived("Heading of the page");
		});
		expectPlayable();
	});

	test("forgets what has become private before anything goes wrong", async () => {
		await visit(true, async (page) => {
			await snapshots(1, page);
			await page.evaluate(() =>
				document.querySelector("#name")?.setAttribute("data-snag-mask", ""),
			);
			await snapshots(2, page);
			await fail(page);
			await arrived("Heading of the page");
		});
		expectPlayable();
		expect(textOf(intake.accepted)).not.toContain("Name of a person");
	});

	test("sends no page whatever goes wrong, where the owner of the site has said so", async () => {
		await visit(false, async (page) => {
			await fail(page);
			await page.goto(intake.page("/away"));
			await waitFor(() => errorAt() > 0, { what: "the error" });
		});
		expect(events()).toEqual([]);
	});
});
