// Pages in zone.js, as Angular has them: whatever the page does, in its zone run the same tasks with the
// recorder as without it, so that it looks for changes as often and is stable as soon.
import { readFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FACT_PRESS } from "../../protocol/fact.ts";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const ZONE = readFileSync(
	new URL("../../node_modules/zone.js/bundles/zone.umd.js", import.meta.url),
	"utf8",
);
const BODY = `<body><button id="b">Press</button><input id="t"><p id="p">Text</p></body>`;
const PAGES: Record<string, string> = {
	"/before": `<!doctype html><title>Page</title><script>${ZONE}</script>{{script}}${BODY}`,
	"/after": `<!doctype html><title>Page</title>{{script}}${BODY}`,
};

interface App {
	/** Kind and source of each task that was scheduled in the page's zone, and that ran there. */
	tasks: string[];
	isStable: boolean;
}

let intake: Intake;
beforeAll(async () => {
	const bare = Object.entries(PAGES).map(([path, html]) => [
		`/bare${path}`,
		html.replace("{{script}}", ""),
	]);
	intake = await startIntake({ ...PAGES, ...Object.fromEntries(bare), "/data.css": "" });
});
afterAll(() => intake.close());

describeWithBrowser("a page in zone.js", (browser) => {
	const visit = (path: string, isRecorded: boolean) =>
		browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page(path));
			if (isRecorded) await recordingBegan(page);
			if (path.endsWith("/after")) await page.addScriptTag({ content: ZONE });
			await page.evaluate(openApp);
			await page.click("#b");
			await page.type("#t", "ab");
			await page.click("#b");
			await waitFor(() => page.evaluate(() => (window as unknown as { app: App }).app.isStable), {
				what: "the page to be stable",
			});
			const { tasks } = await readApp(page);
			await page.goto(intake.page("/away"));
			// Whether an answer or a timer comes first is chance.
			return { tasks: tasks.toSorted(), problems };
		});

	test.each(["/before", "/after"])("has its own tasks alone (%s the recorder)", async (path) => {
		const want = await visit(`/bare${path}`, false);
		const got = await visit(path, true);
		expect(want.tasks.length).toBeGreaterThan(20);
		expect(got).toEqual(want);
		const ofPage = () => intake.accepted.filter(({ envelope }) => envelope.url.includes(path));
		const facts = () => ofPage().flatMap((received) => received.facts);
		await waitFor(() => facts().filter(([code]) => code === FACT_PRESS).length > 0, {
			what: "the press behind the consent that was given again",
		});
		expect(ofPage().flatMap(({ events }) => events.map(({ type }) => type))).toContain(2);
		expect(Math.max(...ofPage().map(({ envelope }) => envelope.dropped.errors))).toBe(0);
	});
});

function readApp(page: Page): Promise<App> {
	return page.evaluate(() => (window as unknown as { app: App }).app);
}

/** As Angular does it: a zone of its own, in which everything of the application runs. */
function openApp(): void {
	interface Task {
		type: string;
		source: string;
	}
	interface Delegate {
		hasTask(zone: unknown, state: unknown): void;
		scheduleTask(zone: unknown, task: Task): Task;
		invokeTask(zone: unknown, task: Task, self: unknown, args: unknown): unknown;
	}
	interface Zone {
		fork(spec: object): Zone;
		run(work: () => void): void;
	}
	const { Zone } = window as unknown as { Zone: { current: Zone } };
	const app: App = { tasks: [], isStable: true };
	const pending = { microTask: false, macroTask: false };
	const zone = Zone.current.fork({
		name: "app",
		onHasTask(delegate: Delegate, _: unknown, target: unknown, state: Record<string, unknown>) {
			delegate.hasTask(target, state);
			const change = state.change as "microTask" | "macroTask";
			if (change in pending) pending[change] = state[change] as boolean;
			app.isStable = !pending.microTask && !pending.macroTask;
		},
		onScheduleTask(delegate: Delegate, _: unknown, target: unknown, task: Task) {
			app.tasks.push(`scheduled ${task.type} ${task.source}`);
			return delegate.scheduleTask(target, task);
		},
		onInvokeTask(
			delegate: Delegate,
			_: unknown,
			target: unknown,
			task: Task,
			self: unknown,
			args: unknown,
		) {
			app.tasks.push(`ran ${task.type} ${task.source}`);
			return delegate.invokeTask(target, task, self, args);
		},
	});
	Object.assign(window, { app });
	const { snag } = window as unknown as { snag?: Record<string, (...args: unknown[]) => unknown> };
	const by = (id: string) => document.getElementById(id) as HTMLElement;
	zone.run(() => {
		by("t").addEventListener("input", () => by("p").append("typed"));
		let presses = 0;
		by("b").addEventListener("click", () => {
			presses++;
			const { sheet } = document.head.appendChild(document.createElement("style"));
			sheet?.insertRule("p { color: red }");
			document.adoptedStyleSheets = [...document.adoptedStyleSheets, new CSSStyleSheet()];
			by("p").appendChild(document.createElement("div")).attachShadow({ mode: "open" });
			history.pushState(null, "", `?${presses}`);
			history.pushState(null, "", `${location.pathname}/at${presses}`);
			history.pushState(null, "", location.pathname.replace(/\/at\d/, ""));
			snag?.track?.("pressed", { presses });
			snag?.identify?.("somebody");
			// The visitor takes consent back and gives it again: recording ends, and begins from within.
			if (presses === 1) {
				snag?.consent?.(false);
				snag?.consent?.(true);
			}
			setTimeout(() => by("p").append("later"), 30);
			void fetch("/data.css")
				.then((answer) => answer.text())
				.then(() => by("p").append("fetched"));
			void (async () => {
				await Promise.resolve();
				by("p").setAttribute("title", "x");
			})();
			requestAnimationFrame(() => by("p").append("drawn"));
		});
	});
}
