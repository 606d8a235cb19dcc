// One page twice: with the recorder and without it. What the page itself saw (what its calls gave and
// threw, the errors that reached it, its DOM) must be the same, and nothing may be said on the console.
import type { Page } from "puppeteer-core";
import type { TestBrowser } from "../../support/browser.ts";
import { waitFor } from "../../support/wait-for.ts";
import type { Intake } from "../intake.ts";

export interface HostCase {
	/** Completes the sentence "the page behaves as without us where it …". */
	name: string;
	/** Runs in the page before the recorder is there. */
	before?: () => void;
	/** Stands in the head before every script. */
	head?: string;
	body?: string;
	/** Runs in the page once it is recorded; what it gives is compared. */
	act: () => unknown;
	/** What the page says on the console in any case. */
	says?: readonly string[];
	/** The server hears of the page: of its document, of facts alone, or not at all. */
	hears?: "document" | "facts" | "nothing";
	/** Our own work fails there, and says so. */
	isHard?: boolean;
}

export interface Seen {
	given: unknown;
	/** Uncaught errors and rejections as the page heard of them. */
	errors: string[];
	html: string;
	problems: readonly string[];
}

const BODY = '<main><button id="b">Press</button><p id="p">Text</p></main>';

/** Installed first, so that it hears of everything. */
const HEAR = `var heard = [];
addEventListener("error", (event) => heard.push("error " + event.message));
addEventListener("unhandledrejection", (event) => heard.push("rejection " + event.reason));`;

/** Paths and texts for `startIntake`: each case with the recorder and without it. */
export function hostPages(cases: readonly HostCase[]): Record<string, string> {
	return Object.fromEntries(
		cases.flatMap((one, index) => {
			const page = pageOf(one);
			return [
				[`/case-${index}`, page],
				[`/bare-${index}`, page.replaceAll("{{script}}", "")],
			];
		}),
	);
}

function pageOf({ head = "", body = BODY, before }: HostCase): string {
	const script = `<script>${HEAR}${before ? `(${String(before)})();` : ""}</script>`;
	return `<!doctype html><title>Host</title>${head}${script}{{script}}<body>${body}</body>`;
}

/** Visits a page of a case and tells what it saw. */
export async function visitHost(
	browser: TestBrowser,
	{ url, act, ready }: { url: string; act: HostCase["act"]; ready: (page: Page) => Promise<void> },
): Promise<Seen> {
	return browser.withPage(async ({ page, problems }) => {
		await page.goto(url);
		await ready(page);
		const given = await page.evaluate(act);
		// Two frames and a pause: whatever the recorder does because of it has been done by then.
		await page.evaluate(settle);
		const [errors, html] = await page.evaluate(readSeen);
		return { given, errors, html, problems };
	});
}

/** Until the server has heard of the page at this path what it is to hear. */
export async function waitHeard(
	intake: Intake,
	path: string,
	hears: HostCase["hears"],
): Promise<void> {
	const ofPage = () => intake.accepted.filter(({ envelope }) => envelope.url.endsWith(path));
	const isHeard = () =>
		ofPage().some(({ events }) => hears === "facts" || events.some(({ type }) => type === 2));
	await waitFor(isHeard, { what: `${hears} of ${path}`, timeoutMs: 20_000 });
}

function settle(): Promise<void> {
	return new Promise((resolve) => {
		const channel = new MessageChannel();
		let turns = 0;
		channel.port1.onmessage = () => {
			if (turns++ < 20) requestAnimationFrame(() => channel.port2.postMessage(0));
			else resolve();
		};
		channel.port2.postMessage(0);
	});
}

function readSeen(): [string[], string] {
	const { heard } = window as unknown as { heard: string[] };
	const copy = document.documentElement.cloneNode(true) as Element;
	for (const script of copy.querySelectorAll("script")) script.remove();
	return [heard, copy.outerHTML];
}
