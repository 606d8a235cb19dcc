// Ways to leave a page right after a press, and how many of the presses arrive, by whichever way: a keepalive
// request, a beacon, or carried by the next page of the tab.
import type { Page } from "puppeteer-core";
import { FACT_PRESS } from "../../protocol/fact.ts";
import type { TestBrowser } from "../support/browser.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Intake } from "./intake.ts";

export interface Way {
	/** Completes the sentence "a page that is left by …". */
	name: string;
	/** Of the button that is pressed, or of what stands in its place. */
	html: string;
	/** Leaves the page where the press itself does not. */
	leave?: (page: Page) => Promise<unknown>;
	/** What was stored for the next page goes with the tab. */
	isClosed?: boolean;
}

const THERE = "/next";
const press = (onclick: string) => `<button id="b" onclick="${onclick}">Go</button>`;

export const WAYS: readonly Way[] = [
	{ name: "a link", html: `<a id="b" href="${THERE}">Go</a>` },
	{ name: "a link to another site", html: '<a id="b" href="{{elsewhere}}">Go</a>' },
	{
		name: "a form",
		html: `<form method="post" action="${THERE}"><button id="b">Go</button></form>`,
	},
	{ name: "a script", html: press(`location = '${THERE}'`) },
	{
		name: "a script on the way down",
		html: `<button id="b" onpointerup="location = '${THERE}'">Go</button>`,
	},
	{ name: "a reload", html: press("location.reload()") },
	{ name: "going back", html: press("history.back()") },
	{
		name: "a link without a way back from memory",
		html: `<script>onunload = () => {}; addEventListener('beforeunload', (event) => {})</script><a id="b" href="${THERE}">Go</a>`,
	},
	{
		name: "a new window that closes its opener",
		html: `<a id="b" target="_blank" rel="opener" href="${THERE}">Go</a>`,
		leave: (page) => page.close(),
		isClosed: true,
	},
	{ name: "closing", html: press(""), leave: (page) => page.close(), isClosed: true },
	{
		name: "closing after it was asked",
		html: press(""),
		leave: (page) => page.close({ runBeforeUnload: true }),
		isClosed: true,
	},
];

/** Pages for `startIntake`: each visit has a path of its own. */
export function leavingPages(elsewhere: string, times = 1): Record<string, string> {
	const page = (body: string) => `<!doctype html><title>Page</title>{{script}}<body>${body}</body>`;
	return {
		"/start": page("<p>Start</p>"),
		[THERE]: page("<p>There</p>"),
		...Object.fromEntries(
			WAYS.flatMap(({ html }, at) =>
				Array.from({ length: times }, (_, time) => [
					pathOf(at, time),
					page(html.replace("{{elsewhere}}", elsewhere)),
				]),
			),
		),
	};
}

/** Presses and leaves at once, then waits for the press, which the next page may carry and send once its recorder is there. */
export async function leaveBy(
	browser: TestBrowser,
	intake: Intake,
	at: number,
	time = 0,
): Promise<void> {
	const way = WAYS[at];
	const path = pathOf(at, time);
	if (way === undefined) throw new Error(`there is no way ${at}`);
	await browser.withPage(async ({ page }) => {
		const isRecorded = ofPage(intake, path);
		await page.goto(intake.page("/start"));
		await page.goto(intake.page(path));
		await waitFor(isRecorded, { what: `${way.name} to be recorded`, timeoutMs: 20_000 });
		const before = countPresses(intake, path);
		const gone = way.leave ? undefined : page.waitForNavigation({ waitUntil: "load" });
		await page.click("#b");
		await (way.leave?.(page) ?? gone);
		const isThere = () => countPresses(intake, path) > before;
		await waitFor(isThere, { what: "the press" }).catch(() => {});
	});
}

export function pathOf(way: number, time = 0): string {
	return `/way-${way}-${time}`;
}

export function countPresses(intake: Intake, path: string): number {
	const facts = intake.accepted
		.filter(({ envelope }) => envelope.url.endsWith(path))
		.flatMap((received) => received.facts);
	return facts.filter(([code]) => code === FACT_PRESS).length;
}

/** Says whether another stream than before is recorded at this path. */
function ofPage(intake: Intake, path: string): () => boolean {
	const streams = () =>
		new Set(
			intake.accepted
				.filter(({ envelope, facts }) => envelope.url.endsWith(path) && facts.length > 0)
				.map(({ envelope }) => envelope.stream),
		).size;
	const before = streams();
	return () => streams() > before;
}
