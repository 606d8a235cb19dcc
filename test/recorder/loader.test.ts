// What the loader decides before anything else is there, and that nothing is lost until it is.
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_CUSTOM, FACT_ERROR, FACT_PAGE, FACT_PRESS } from "../../protocol/fact.ts";
import { createPageRule } from "../../protocol/page-rule.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";
import { type Intake, RECORD_ALL, SITE_KEY, startIntake, textOf } from "./intake.ts";

const PAGE = "<!doctype html><title>Page</title>{{script}}<body><button>Press</button></body>";

interface Snag {
	reason: string;
	consent(granted: boolean): void;
	start(): void;
	stop(): void;
	track(name: string): void;
	sessionUrl(): string | undefined;
}

let intake: Intake;
afterEach(() => intake.close());

const facts = () => intake.accepted.flatMap((received) => received.facts);
const kinds = () => facts().map(([code]) => code);
const events = () => intake.accepted.flatMap((received) => received.events);
const asked = (part: string) => intake.asked.filter((path) => path.includes(part));
const call = (page: Page, method: keyof Snag, ...args: unknown[]) =>
	page.evaluate(
		(method, args) => {
			const snag = (window as unknown as { snag: Record<string, (...args: unknown[]) => unknown> })
				.snag;
			return snag[method]?.(...args);
		},
		method,
		args,
	);
const reasonOf = (page: Page) =>
	page.evaluate(() => (window as unknown as { snag?: Snag }).snag?.reason);
const isRecorded = (page: Page) =>
	waitFor(async () => (await reasonOf(page)) === "", { what: "the recorder" });
const listKeys = (page: Page) =>
	page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]);

describeWithBrowser("the loader", (browser) => {
	const visit = async (html: string, act: (page: Page) => Promise<unknown>) => {
		intake = await startIntake({ "/": html, "/next": html });
		await browser().withPage(async ({ page, problems }) => {
			await act(page);
			expect(problems.filter((problem) => problem.startsWith("exception"))).toEqual([]);
		});
	};

	test("keeps presses, errors, routes and calls from the time before the recorder, with their times", async () => {
		let before = 0;
		await visit(PAGE.replace("{{script}}", ""), async (page) => {
			const release = intake.holdCore();
			await page.goto(intake.page("/"));
			await page.evaluate(
				(src, site) => {
					const script = Object.assign(document.createElement("script"), { src });
					script.dataset.site = site;
					document.head.append(script);
				},
				intake.page("/path/snag.js"),
				SITE_KEY,
			);
			await waitFor(() => asked("core").length > 0, { what: "the recorder to be asked for" });
			await page.click("button");
			await call(page, "track", "early");
			await page.evaluate(() => {
				window.dispatchEvent(new ErrorEvent("error", { message: "early error" }));
				history.pushState(null, "", "/list");
				document.title = "List";
				history.pushState(null, "", "/item");
				document.title = "Item";
				// Where it was pressed is known, wherever it has moved since.
				document.body.style.paddingTop = "300px";
			});
			before = await page.evaluate(() => Date.now());
			await page.waitForFunction((at) => Date.now() > at + 50, {}, before);
			release();
			await waitFor(() => kinds().includes(FACT_PRESS) && events().length > 0, { what: "all" });
		});
		const press = facts().find(([code]) => code === FACT_PRESS);
		expect(press?.[1]).toBeLessThanOrEqual(before);
		expect(Math.abs(Number(press?.[4]) - 16384)).toBeLessThan(1200);
		expect(Math.abs(Number(press?.[5]) - 16384)).toBeLessThan(1200);
		expect(kinds()).toEqual(expect.arrayContaining([FACT_CUSTOM, FACT_ERROR]));
		const pages = facts().filter(([code]) => code === FACT_PAGE);
		expect(pages.map((fact) => [new URL(String(fact[3])).pathname, fact[4]])).toEqual([
			...[
				["/", "Page"],
				["/list", "List"],
				["/item", "Item"],
			],
		]);
		expect(intake.accepted[0]?.envelope.automated).toBe(true);
	});

	test("asks for nothing where the browser sends Global Privacy Control", async () => {
		await visit(PAGE, async (page) => {
			await page.evaluateOnNewDocument(() =>
				Object.defineProperty(navigator, "globalPrivacyControl", { value: true }),
			);
			await page.goto(intake.page("/"));
			await waitFor(async () => (await reasonOf(page)) === "gpc", { what: "the decision" });
			await page.click("button");
			await page.waitForNetworkIdle({ idleTime: 300 });
			expect(await listKeys(page)).toEqual([]);
		});
		expect(intake.asked.filter((path) => path.includes("/path/"))).toEqual(["GET /path/snag.js"]);
	});

	test("stores and asks for nothing before consent, remembers it, and forgets everything when it is taken back", async () => {
		const html = PAGE.replace("{{script}}", "{{script}}").replace(
			"<body>",
			`<script>document.querySelector("script[data-site]").dataset.consent = "required"</script><body>`,
		);
		await visit(html, async (page) => {
			await page.goto(intake.page("/"));
			await waitFor(async () => (await reasonOf(page)) === "consent", { what: "the decision" });
			await page.click("button");
			await call(page, "track", "before");
			await call(page, "consent", false);
			await page.waitForNetworkIdle({ idleTime: 300 });
			expect(await listKeys(page)).toEqual([]);
			expect(intake.asked.filter((path) => path.includes("/path/"))).toEqual(["GET /path/snag.js"]);

			await call(page, "consent", true);
			await isRecorded(page);
			await waitFor(() => events().length > 0, { what: "the page" });
			expect(kinds()).not.toContain(FACT_PRESS);
			expect(kinds()).not.toContain(FACT_CUSTOM);
			await page.reload();
			await isRecorded(page);
			await waitFor(
				() => new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size > 1,
				{ what: "the second page" },
			);
			const { visitor, session, writeKey } = intake.accepted[0]?.envelope ?? {};

			await call(page, "consent", false);
			await waitFor(() => intake.erasures.length > 0, { what: "the question" });
			expect(intake.erasures[0]).toEqual({ visitor, session, writeKey });
			await waitFor(async () => (await listKeys(page)).length === 1, { what: "the answer" });
			expect(await listKeys(page)).toEqual([`snag.${SITE_KEY}.consent`]);
			const uploads = asked("POST").length;
			await page.click("button");
			await page.reload();
			await waitFor(async () => (await reasonOf(page)) === "consent", { what: "the decision" });
			// A recorder would have its last words.
			await page.goto(intake.page("/away"));
			expect(asked("POST").length).toBe(uploads);
		});
	});

	test("obeys page rules, and looks at them again with each route", async () => {
		await visit(PAGE, async (page) => {
			const pages = [
				createPageRule({ pattern: "/private/*", record: "nothing" }),
				createPageRule({ pattern: "/facts", record: "facts" }),
			];
			intake.configure({ status: 200, body: { ...RECORD_ALL, pages } });
			await page.goto(intake.page("/"));
			await isRecorded(page);
			await waitFor(() => events().length > 0, { what: "the page" });
			await page.evaluate(() => {
				history.pushState(null, "", "/Private/one");
				document.body.append("hidden-text");
			});
			expect(await reasonOf(page)).toBe("page");
			await page.click("button");
			await page.evaluate(() => {
				history.pushState(null, "", "/facts");
				document.body.append("untold-text");
			});
			await page.click("button");
			await waitFor(() => kinds().filter((kind) => kind === FACT_PRESS).length === 1, {
				what: "the press that may be told",
			});
			await page.evaluate(() => {
				document.body.lastChild?.remove();
				document.body.lastChild?.remove();
				history.pushState(null, "", "/open");
				document.body.append("shown-text");
			});
			await waitFor(() => intake.accepted.some(({ text }) => text.includes("shown-text")), {
				what: "the open page",
			});
		});
		const text = intake.accepted.map((received) => received.text).join();
		for (const secret of ["hidden-text", "untold-text", "rivate/one"]) {
			expect(text).not.toContain(secret);
		}
	});

	test("stops where the page says so and goes on where it says so, in the same session", async () => {
		await visit(PAGE, async (page) => {
			await page.goto(intake.page("/"));
			await isRecorded(page);
			await waitFor(() => events().length > 0, { what: "the page" });
			const url = String(await call(page, "sessionUrl"));
			expect(url).toContain(`/i/${SITE_KEY}/s/${intake.accepted[0]?.envelope.session}`);
			await call(page, "stop");
			expect(await reasonOf(page)).toBe("stop");
			await page.click("button");
			await call(page, "start");
			await isRecorded(page);
			await waitFor(
				() => new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size === 2,
				{ what: "the second stream" },
			);
		});
		expect(kinds()).not.toContain(FACT_PRESS);
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.session)).size).toBe(1);
	});

	test("begins anew with a whole page where it goes on after a stop", async () => {
		await visit(PAGE, async (page) => {
			await page.goto(intake.page("/"));
			await isRecorded(page);
			await waitFor(() => events().length > 0, { what: "the page" });
			await call(page, "stop");
			await page.evaluate(() => document.body.append("written while stopped"));
			await call(page, "start");
			await isRecorded(page);
			await page.evaluate(() => document.body.append("written afterwards"));
			await page.click("button");
			const hasPress = () => kinds().includes(FACT_PRESS);
			await waitFor(() => hasPress() && textOf(intake.accepted).includes("written afterwards"), {
				what: "what was done afterwards",
			});
		});
		const first = intake.accepted[0]?.envelope.stream;
		const [before, after] = [true, false].map((isFirst) =>
			intake.accepted.filter(({ envelope }) => (envelope.stream === first) === isFirst),
		);
		expect(textOf(before ?? [])).not.toContain("written while stopped");
		const again = (after ?? []).flatMap((received) => received.events);
		expect(again.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
		expect(JSON.stringify(again[1])).toContain("written while stopped");
		expect(JSON.stringify(again[1])).not.toContain("written afterwards");
		const { sequence } = after?.[0]?.envelope ?? {};
		expect(sequence).toBe(0);
	});

	test("does nothing on a page that is loaded ahead, before it is shown", async () => {
		await visit(PAGE, async (page) => {
			await page.evaluateOnNewDocument(() => {
				let prerendering = true;
				Object.defineProperty(Document.prototype, "prerendering", { get: () => prerendering });
				const show = (): void => {
					prerendering = false;
					document.dispatchEvent(new Event("prerenderingchange"));
				};
				Object.assign(window, { show });
			});
			await page.goto(intake.page("/"));
			await waitFor(async () => (await reasonOf(page)) === "prerender", { what: "the decision" });
			await page.click("button");
			await call(page, "track", "ahead");
			await page.waitForNetworkIdle({ idleTime: 300 });
			expect(await listKeys(page)).toEqual([]);
			expect(intake.asked.filter((path) => path.includes("/path/"))).toEqual(["GET /path/snag.js"]);
			await page.evaluate(() => (window as unknown as { show(): void }).show());
			await isRecorded(page);
			await page.click("button");
			await waitFor(() => kinds().includes(FACT_PRESS) && events().length > 0, { what: "all" });
		});
		expect(kinds().filter((kind) => kind === FACT_PRESS)).toHaveLength(1);
		expect(events().map(({ type }) => type)).toContain(2);
	});

	test("ends what other tabs record when consent is taken back in one", async () => {
		const html = PAGE.replace(
			"<body>",
			`<script>document.querySelector("script[data-site]").dataset.consent = ""</script><body>`,
		);
		await visit(html, async (page) => {
			await page.goto(intake.page("/"));
			await call(page, "consent", true);
			await isRecorded(page);
			const other = await page.browserContext().newPage();
			await other.goto(intake.page("/next"));
			await isRecorded(other);
			await waitFor(
				() => new Set(intake.accepted.map(({ envelope }) => envelope.stream)).size === 2,
				{ what: "both tabs" },
			);
			await call(other, "consent", false);
			await waitFor(async () => (await reasonOf(page)) === "consent", { what: "the first tab" });
			await waitFor(() => intake.erasures.length > 0, { what: "the question" });
			const uploads = () => intake.asked.filter((path) => /^POST .*\d$/.test(path)).length;
			const before = uploads();
			await page.bringToFront();
			await page.click("button");
			// A recorder would have its last words.
			await page.goto(intake.page("/away"));
			await page.waitForNetworkIdle({ idleTime: 300 });
			expect(uploads()).toBe(before);
			expect(await listKeys(page)).toEqual([`snag.${SITE_KEY}.consent`]);
		});
		expect(kinds()).not.toContain(FACT_PRESS);
	});

	test("asks again to erase what consent was taken back for, also where it was given anew meanwhile", async () => {
		await visit(PAGE, async (page) => {
			await page.goto(intake.page("/"));
			await isRecorded(page);
			await waitFor(() => events().length > 0, { what: "the page" });
			const { visitor, session, writeKey } = intake.accepted[0]?.envelope ?? {};
			await page.setOfflineMode(true);
			await call(page, "consent", false);
			await call(page, "consent", true);
			await page.setOfflineMode(false);
			await page.reload();
			await isRecorded(page);
			await waitFor(() => intake.erasures.length > 0, { what: "the question" });
			expect(intake.erasures).toContainEqual({ visitor, session, writeKey });
			await waitFor(async () => !(await listKeys(page)).includes(`snag.${SITE_KEY}.erase`), {
				what: "the answer",
			});
		});
	});

	const policies: [string, string][] = [
		["nonces and strict-dynamic", "script-src 'nonce-abc' 'strict-dynamic'"],
		[
			"Trusted Types with a policy of ours",
			"script-src 'nonce-abc'; require-trusted-types-for 'script'; trusted-types snag",
		],
		[
			"Trusted Types and no policy of ours",
			"script-src 'nonce-abc'; require-trusted-types-for 'script'; trusted-types 'none'",
		],
		[
			"no policies of Trusted Types, which it does not require",
			"script-src 'nonce-abc'; trusted-types 'none'",
		],
		["nothing but the server's address", "script-src http://127.0.0.1:*"],
	];
	test.each(policies)("works on a page whose policy wants %s", async (_, policy) => {
		const meta = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src http://127.0.0.1:*; ${policy}"><meta name="referrer" content="no-referrer">`;
		const html = PAGE.replace("{{script}}", `${meta}{{nonced}}`);
		const said: string[] = [];
		await visit(html, async (page) => {
			page.on("console", (message) => said.push(message.text()));
			await page.goto(intake.page("/"));
			await waitFor(() => events().length > 0, { what: "the page" });
		});
		expect(events().map(({ type }) => type)).toContain(2);
		// A violation is said on the console, and reported to the page's owner.
		expect(said).toEqual([]);
		expect(intake.accepted[0]?.origin).toMatch(/^http:\/\/localhost:/);
	});
});
