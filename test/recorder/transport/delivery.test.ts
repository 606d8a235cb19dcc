import { randomBytes } from "node:crypto";
import type { Page } from "puppeteer-core";
import { afterEach, expect, test } from "vitest";
import { FACT_PRESS } from "../../../protocol/fact.ts";
import { timeOfUuidV7 } from "../../../protocol/ids.ts";
import { KEEPALIVE_BYTES } from "../../../protocol/limits.ts";
import { describeWithBrowser } from "../../support/suites.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type Answering, type Intake, type Received, startIntake, textOf } from "../intake.ts";

const PAGE = `<!doctype html><title>Page</title>{{script}}<body><button>Press</button></body>`;

/** Of the page, as they were before the recorder came. */
declare const natives: readonly unknown[];

let intake: Intake;

afterEach(() => intake.close());

const refusal = (status: number, code: string, headers?: Record<string, string>): Answering => ({
	...{ status, headers, body: { error: { code, message: "no" } } },
});
const write = (page: Page, text: string) =>
	page.evaluate((text) => document.body.append(text), text);
const facts = () => intake.accepted.flatMap((received) => received.facts);
const isFirstOfNext = ({ envelope }: Received) =>
	envelope.url.endsWith("/next") && envelope.sequence === 0;
const sequences = () => intake.accepted.map(({ envelope }) => envelope.sequence);

describeWithBrowser("delivery from a real page", (browser) => {
	const visit = async (act: (page: Page) => Promise<unknown>, html = PAGE) => {
		intake = await startIntake({ "/": html, "/next": PAGE });
		await browser().withPage(async ({ page, problems }) => {
			await page.evaluateOnNewDocument(() => {
				const { insertRule, addRule } = CSSStyleSheet.prototype;
				Object.assign(window, { natives: [insertRule, addRule, history.pushState] });
			});
			const exceptions = () => problems.filter((problem) => problem.startsWith("exception"));
			await act(page);
			expect(exceptions()).toEqual([]);
		});
	};

	test.each([
		[503, "store_unavailable", "0"],
		[429, "over_budget", "2"],
	])(
		"what was refused for the moment (%i %s) is sent again when the server says, the same bytes in the same order",
		async (status, code, seconds) => {
			const at: number[] = [];
			await visit(async (page) => {
				let refusals = 2;
				intake.answer(() => {
					at.push(performance.now());
					const headers = { "Retry-After": seconds };
					return refusals-- > 0 ? refusal(status, code, headers) : { status: 204 };
				});
				await page.goto(intake.page("/"));
				await waitFor(() => intake.refused.length === 2, { what: "two refusals" });
				await write(page, "written-meanwhile");
				await waitFor(() => textOf(intake.accepted).includes("written-meanwhile"), { what: "all" });
			});
			expect(sequences()).toEqual(sequences().map((_, index) => index));
			const [first] = intake.accepted;
			expect(intake.refused.map(({ attempt }) => attempt)).toEqual([0, 1]);
			expect(first?.attempt).toBe(2);
			for (const { body } of intake.refused) expect(body.equals(first?.body ?? body)).toBe(true);
			const [one = 0, two = 0, three = 0] = at;
			// A timer may be a little early.
			expect(Math.min(two - one, three - two)).toBeGreaterThan(Number(seconds) * 1000 - 50);
		},
	);

	test.each(["unknown_site", "origin_not_allowed"])(
		"%s ends recording on this page",
		async (code) => {
			await visit(async (page) => {
				intake.answer(() => refusal(code === "unknown_site" ? 404 : 403, code));
				await page.goto(intake.page("/"));
				await waitFor(() => intake.refused.length > 0, { what: "the refusal" });
				await waitFor(
					() => page.evaluate(() => CSSStyleSheet.prototype.insertRule === natives[0]),
					{
						what: "the page's own methods",
					},
				);
				await write(page, "x");
				await page.goto(intake.page("/away"));
			});
			expect(intake.refused).toHaveLength(1);
			expect(intake.accepted).toEqual([]);
		},
	);

	test.each([
		[413, "too_large"],
		[403, "wrong_write_key"],
	])(
		"a chunk refused for good (%i %s) is dropped, and the next one says so",
		async (status, code) => {
			await visit(async (page) => {
				intake.answer(() =>
					intake.refused.length === 0 && intake.accepted.length === 0
						? refusal(status, code)
						: { status: 204 },
				);
				await page.goto(intake.page("/"));
				await waitFor(() => intake.refused.length > 0, { what: "the refusal" });
				// The next one is not cut before the answer has been read.
				await write(page, "written-behind");
				await waitFor(() => textOf(intake.accepted).includes("written-behind"), {
					what: "the next",
				});
			});
			expect(intake.refused).toHaveLength(1);
			expect(intake.accepted[0]?.envelope).toMatchObject({ sequence: 1, dropped: { chunks: 1 } });
		},
	);

	test("a server that misses something gets a new snapshot", async () => {
		await visit(async (page) => {
			intake.answer(({ envelope }) =>
				envelope.sequence === 0
					? { status: 200, body: { directives: [{ do: "resync" }] } }
					: { status: 204 },
			);
			await page.goto(intake.page("/"));
			await waitFor(
				() =>
					intake.accepted.some(
						({ envelope }) => envelope.events.snapshots.length && envelope.sequence > 0,
					),
				{ what: "the snapshot" },
			);
		});
	});

	test("a refused session is followed by another with the server's clock and a new snapshot", async () => {
		const serverTime = Date.UTC(2031, 5, 1);
		const isOfServer = ({ envelope }: Received) =>
			Math.abs(timeOfUuidV7(envelope.session) - serverTime) < 60_000;
		const rotate = { status: 200, body: { directives: [{ do: "rotate", serverTime }] } };
		await visit(async (page) => {
			intake.answer((received) => (isOfServer(received) ? { status: 204 } : rotate));
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.some(isOfServer), { what: "the new session" });
		});
		const [refused, next] = [intake.accepted[0], intake.accepted.find(isOfServer)];
		expect(next?.envelope.stream).not.toBe(refused?.envelope.stream);
		expect(next?.envelope.visitor).toBe(refused?.envelope.visitor);
		expect(next?.envelope.sequence).toBe(0);
		expect(next?.events.slice(0, 2).map(({ type }) => type)).toEqual([4, 2]);
	});

	test("an upload that was under way when the page went is not lost", async () => {
		await visit(async (page) => {
			// The first upload hangs and dies with its page.
			let uploads = 0;
			intake.answer(() =>
				uploads++ === 0 ? { status: 503, after: new Promise(() => {}) } : { status: 204 },
			);
			await page.goto(intake.page("/"));
			await waitFor(() => intake.refused.length > 0, { what: "the upload to hang" });
			await page.click("button");
			await page.goto(intake.page("/next"));
			await waitFor(() => intake.accepted.some(isFirstOfNext), { what: "the next page" });
		});
		const [hung] = intake.refused;
		const again = intake.accepted.find(
			({ envelope }) => envelope.stream === hung?.envelope.stream && envelope.sequence === 0,
		);
		expect(hung && again?.body.equals(hung.body)).toBe(true);
		expect(textOf(intake.accepted)).toContain('"button"');
		expect(facts().some(([code]) => code === FACT_PRESS)).toBe(true);
		expect(intake.conflicts).toEqual([]);
	});

	test.each([
		[
			"cannot keep a request alive",
			() => void Reflect.deleteProperty(Request.prototype, "keepalive"),
		],
		[
			"refuses to",
			() => {
				const native = window.fetch;
				window.fetch = (input, init) =>
					init?.keepalive ? Promise.reject(new TypeError("no")) : native(input, init);
			},
		],
	])("a browser that %s says the last words by beacon", async (_what, lessen) => {
		await visit(async (page) => {
			await page.evaluateOnNewDocument(lessen);
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the first chunk" });
			await page.click("button");
			// Nothing is recorded there, so nothing that was carried is sent.
			await page.goto(intake.page("/away"));
			await waitFor(() => facts().some(([kind]) => kind === FACT_PRESS), { what: "the press" });
		});
		const said = intake.accepted.find(({ facts }) => facts.some(([kind]) => kind === FACT_PRESS));
		expect(said?.envelope.last).toBe(true);
	});

	test("what does not fit the last words is carried to the next page of the tab", async () => {
		// Noise, so that its gzip is larger than what a keepalive request may carry, in words that the text
		// rule leaves alone.
		const noise = randomBytes(160_000)
			.toString("base64")
			.replace(/[^a-z]/gi, "")
			.replace(/.{10}/g, "$& ");
		await visit(
			async (page) => {
				let uploads = 0;
				intake.answer(() =>
					uploads++ === 0 ? { status: 503, after: new Promise(() => {}) } : { status: 204 },
				);
				await page.goto(intake.page("/"));
				await waitFor(() => intake.refused.length > 0, { what: "the upload to hang" });
				await page.goto(intake.page("/next"));
				await waitFor(() => intake.accepted.some(isFirstOfNext), { what: "the next page" });
			},
			PAGE.replace("<body>", `<body>${noise}`),
		);
		const [hung] = intake.refused;
		expect(hung?.body.length).toBeGreaterThan(KEEPALIVE_BYTES);
		const before = intake.accepted.filter(({ envelope }) => !envelope.url.endsWith("/next"));
		const order = before.map(({ envelope }) => envelope.sequence).toSorted((a, b) => a - b);
		expect(order).toEqual(order.map((_, index) => index));
		const carried = before.find(({ envelope }) => envelope.sequence === 0);
		expect(hung && carried?.body.equals(hung.body)).toBe(true);
		expect(new Set(intake.accepted.map(({ envelope }) => envelope.tab)).size).toBe(1);
		expect(intake.conflicts).toEqual([]);
	});

	test("stopping gives the page its own methods back and keeps what others put over ours", async () => {
		await visit(async (page) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			const after = await page.evaluate(() => {
				const { prototype } = CSSStyleSheet;
				const isOurs = prototype.insertRule !== natives[0] && history.pushState !== natives[2];
				const ours = prototype.deleteRule;
				const theirs = function (this: CSSStyleSheet, index: number) {
					return ours.call(this, index);
				};
				prototype.deleteRule = theirs;
				(window as unknown as { snag: { stop(): void } }).snag.stop();
				const { sheet } = document.head.appendChild(document.createElement("style"));
				sheet?.insertRule("a { color: red }");
				sheet?.deleteRule(0);
				return {
					isOurs,
					native: [prototype.insertRule, prototype.addRule, history.pushState].every(
						(method, at) => method === natives[at],
					),
					kept: prototype.deleteRule === theirs,
					rules: sheet?.cssRules.length,
				};
			});
			expect(after).toEqual({ isOurs: true, native: true, kept: true, rules: 0 });
		});
	});

	test("a page that throws in its own handlers is undisturbed", async () => {
		await visit(async (page) => {
			await page.goto(intake.page("/"));
			await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			const thrown = await page.evaluate(() => {
				const sheet = (
					document.head.appendChild(document.createElement("style")) as HTMLStyleElement
				).sheet;
				const names: string[] = [];
				const attempt = (act: () => unknown) => {
					try {
						act();
						names.push("fine");
					} catch (error) {
						names.push((error as Error).name);
					}
				};
				attempt(() => sheet?.insertRule("not a rule"));
				attempt(() => sheet?.insertRule("a { b: c }"));
				attempt(() => sheet?.addRule("b", "color: red"));
				attempt(() => sheet?.deleteRule(9));
				attempt(() => history.pushState(() => {}, ""));
				attempt(() => history.pushState(null, "", "https://elsewhere.example/"));
				return [...names, sheet?.cssRules.length];
			});
			expect(thrown).toEqual([
				"SyntaxError",
				"fine",
				"fine",
				"IndexSizeError",
				"DataCloneError",
				"SecurityError",
				2,
			]);
			await page.goto(intake.page("/away"));
			await waitFor(() => intake.accepted.length > 1, { what: "the last words" });
		});
		expect(intake.accepted.at(-1)?.envelope.dropped.errors).toBe(0);
	});

	test("the page's own exceptions reach the page, and the press is a press all the same", async () => {
		intake = await startIntake({ "/": PAGE });
		await browser().withPage(async ({ page, problems }) => {
			await page.goto(intake.page("/"));
			await page.evaluate(() => {
				document.querySelector("button")?.addEventListener("pointerdown", (event) => {
					event.stopImmediatePropagation();
					throw new Error("the page's own");
				});
			});
			await page.click("button");
			await page.goto(intake.page("/away"));
			await waitFor(() => facts().some(([code]) => code === FACT_PRESS), { what: "the press" });
			expect(problems).toEqual(["exception: Uncaught Error: the page's own"]);
		});
	});

	test("a page whose storage is blocked and whose policy is strict is recorded", async () => {
		const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' http://127.0.0.1:*; connect-src http://127.0.0.1:*; require-trusted-types-for 'script'; trusted-types 'none'">`;
		await visit(
			async (page) => {
				await page.evaluateOnNewDocument(() => {
					for (const name of ["localStorage", "sessionStorage"]) {
						Object.defineProperty(window, name, {
							get() {
								throw new DOMException("denied", "SecurityError");
							},
						});
					}
				});
				await page.goto(intake.page("/"));
				await waitFor(() => intake.accepted.length > 0, { what: "the snapshot" });
			},
			PAGE.replace("{{script}}", `${policy}{{script}}`),
		);
		expect(intake.accepted[0]?.events.map(({ type }) => type)).toContain(2);
	});
});
