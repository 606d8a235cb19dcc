// A page that does a little of everything, so that nearly every function of the recorder is called, with a
// watch on them: which are called by the browser or the page rather than by each other, and which one throws.
import type { Page } from "puppeteer-core";
import { waitFor } from "../../support/wait-for.ts";

export const SECRET = "correct-horse-battery";

export const PLANTED_PAGE = `<!doctype html><title>Host</title>
<link rel="stylesheet" href="/sheet.css"><style id="own">p { color: black }</style>
<script>var heard = [];
addEventListener("error", (event) => heard.push("error " + event.message));
addEventListener("unhandledrejection", (event) => heard.push("rejection " + event.reason));</script>
{{script}}<body><main><button id="b">Press</button><a id="copy" href="#there">There</a>
<p id="p">Text for others to select</p><img id="i" src="/picture.png" alt="Picture">
<form id="f"><input id="t" name="t"><select id="s"><option>1<option>2</select><textarea id="a"></textarea>
<input id="w" type="password" required><div id="e" contenteditable>Edit</div></form>
<div id="scroller" style="height:50px;overflow:auto"><div style="height:500px">Far</div></div>
<iframe id="frame" srcdoc="<p>Inside</p><input id=inner>"></iframe><video id="v"></video></main>
<div style="height:3000px"></div>
<script>for (let at = 0; at < 2100; at++) document.body.append(document.createElement("hr"));</script></body>`;

export const PLANTED_SHEET = "a { color: green } b { background: url(/ground.png) }";

export interface Plant {
	/** Of a function. */
	number: number;
	when: "begin" | "end";
}

export const NO_PLANT: Plant = { number: -1, when: "begin" };

export interface PlantedWatch {
	/** Functions that have begun. */
	begun: number[];
	/** Of these, those that no other function of ours has called. */
	entries: number[];
	isThrown: boolean;
}

/** Runs before everything else in each document. */
export function installPlant({ number, when }: Plant): void {
	const begun = new Set<number>();
	const entries = new Set<number>();
	let depth = 0;
	let isThrown = false;
	const maybeThrow = (at: number, moment: string): void => {
		if (at !== number || moment !== when) return;
		isThrown = true;
		throw new Error("planted");
	};
	const watch = {
		begin(at: number): void {
			begun.add(at);
			if (depth++ === 0) entries.add(at);
			maybeThrow(at, "begin");
		},
		end(at: number): void {
			depth--;
			maybeThrow(at, "end");
		},
		// What stands behind an `await` is called by nobody else, yet is no other function.
		sleep(promise: unknown): Promise<{ value?: unknown; error?: unknown; isError: boolean }> {
			depth--;
			return Promise.resolve(promise).then(
				(value) => ({ value, isError: false }),
				(error) => ({ error, isError: true }),
			);
		},
		awake({
			value,
			error,
			isError,
		}: {
			value?: unknown;
			error?: unknown;
			isError: boolean;
		}): unknown {
			depth++;
			if (isError) throw error;
			return value;
		},
		read: () => ({ begun: [...begun], entries: [...entries], isThrown }),
	};
	Object.defineProperty(window, "__snag", { value: watch });
}

export function readPlant(page: Page): Promise<PlantedWatch> {
	return page.evaluate(() =>
		(window as unknown as { __snag: { read(): PlantedWatch } }).__snag.read(),
	);
}

/** What a visitor does, and what the page does; gives what the page's own calls gave and threw. */
export async function useEverything(page: Page): Promise<unknown> {
	await page.mouse.move(40, 40);
	await page.mouse.move(60, 60);
	await page.click("#b");
	await page.type("#t", SECRET.slice(0, 3));
	await page.type("#a", "ab");
	await page.select("#s", "2");
	await page.keyboard.press("Tab");
	await page.mouse.wheel({ deltaY: 100 });
	const given = await page.evaluate(actAsPage, SECRET);
	await page.keyboard.press("Escape");
	await page.click("#copy");
	return given;
}

/** Goes and comes back, is taken out of the recording and put into it again. */
export function leaveAndReturn(page: Page): Promise<unknown> {
	return page.evaluate(() => {
		const { snag } = window as unknown as { snag?: { stop(): void; start(): void } };
		dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
		dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
		const log: unknown[] = [];
		for (const method of ["stop", "start", "stop"] as const) {
			try {
				snag?.[method]();
			} catch (error) {
				log.push(String(error));
			}
		}
		return log;
	});
}

/** Two frames and a pause: what follows at once has been done by then. */
export function settle(page: Page, turns = 12): Promise<void> {
	return page.evaluate(
		(turns) =>
			new Promise<void>((resolve) => {
				const turn = (left: number): void => {
					if (left === 0) resolve();
					else requestAnimationFrame(() => setTimeout(turn, 0, left - 1));
				};
				turn(turns);
			}),
		turns,
	);
}

/** Until the recorder is there, or is kept from it by what was planted. */
export async function waitBegun(page: Page): Promise<void> {
	await page.waitForFunction(
		() => {
			const { snag, __snag } = window as unknown as {
				snag?: { reason?: string };
				__snag: { read(): PlantedWatch };
			};
			return snag?.reason === "" || __snag.read().isThrown;
		},
		{ timeout: 30_000 },
	);
}

/** False where it does not come within this time. */
export async function waitThrown(page: Page, timeoutMs: number): Promise<boolean> {
	const isThrown = async () => (await readPlant(page)).isThrown;
	return waitFor(isThrown, { what: "the planted exception", timeoutMs }).catch(() => false);
}

function actAsPage(secret: string): unknown {
	const log: unknown[] = [];
	const attempt = (act: () => unknown): void => {
		try {
			log.push(["gave", String(act())]);
		} catch (error) {
			log.push([(error as Error).name, (error as Error).message.replace(/planted-[\w-]+/, "page")]);
		}
	};
	const by = <E extends HTMLElement>(id: string) => document.getElementById(id) as E;
	const { snag } = window as unknown as { snag?: Record<string, (...args: unknown[]) => unknown> };
	for (const [method, ...args] of [
		...[
			["identify", "somebody", { plan: "gold" }],
			["track", "bought", { items: 3 }],
		],
		...[
			["variant", "button", "red"],
			["on", "session", () => {}],
			["consent", true],
		],
	])
		attempt(() => void snag?.[method as string]?.(...args));
	const sheet = by<HTMLStyleElement>("own").sheet as CSSStyleSheet;
	attempt(() => sheet.insertRule("a{color:red}"));
	attempt(() => sheet.insertRule("no rule"));
	attempt(() => sheet.addRule("b", "color:red"));
	attempt(() => sheet.insertRule("@media all { i { color: red } }"));
	attempt(() => (sheet.cssRules[0] as CSSMediaRule).insertRule("u{}"));
	attempt(() => (sheet.cssRules[0] as CSSMediaRule).deleteRule(0));
	attempt(() => (sheet.cssRules[1] as CSSStyleRule).style.setProperty("color", "blue"));
	attempt(() => (sheet.cssRules[1] as CSSStyleRule).style.removeProperty("color"));
	attempt(() => sheet.deleteRule(9));
	attempt(() => sheet.deleteRule(0));
	attempt(() => sheet.removeRule(0));
	attempt(() => {
		const made = new CSSStyleSheet();
		made.replaceSync("a { color: blue }");
		document.adoptedStyleSheets = [made];
		made.insertRule("b { color: blue }");
	});
	attempt(() => history.pushState({ a: 1 }, "", "?route=1"));
	attempt(() => history.pushState(() => {}, ""));
	attempt(() => history.replaceState(null, "", location.pathname));
	attempt(() => history.pushState(null, "", `${location.pathname}/next`));
	attempt(() => {
		const host = by("p").appendChild(document.createElement("div"));
		const root = host.attachShadow({ mode: "open" });
		root.innerHTML = "<style>p{color:red}</style><input><p>In the shadow</p>";
		root.adoptedStyleSheets = [new CSSStyleSheet()];
		root.querySelector("input")?.dispatchEvent(new Event("change"));
		host.attachShadow({ mode: "open" });
	});
	attempt(() => by<HTMLIFrameElement>("frame").contentDocument?.body.append("more"));
	by<HTMLInputElement>("t").value = secret;
	by<HTMLInputElement>("w").value = secret;
	by("e").textContent = secret;
	for (const type of ["play", "pause", "volumechange"]) by("v").dispatchEvent(new Event(type));
	const touch = { changedTouches: [{ clientX: 1, clientY: 1 }], touches: [] };
	by("b").dispatchEvent(Object.assign(new Event("touchstart", { bubbles: true }), touch));
	for (const type of [
		"copy",
		"cut",
		"paste",
		"dblclick",
		"contextmenu",
		"input",
		"change",
		"invalid",
	])
		by("t").dispatchEvent(new Event(type, { bubbles: true }));
	by<HTMLFormElement>("f").addEventListener("submit", (event) => event.preventDefault());
	by<HTMLFormElement>("f").requestSubmit();
	by("w").removeAttribute("required");
	by<HTMLFormElement>("f").requestSubmit();
	getSelection()?.selectAllChildren(by("p"));
	scrollTo(0, 300);
	by("scroller").scrollTop = 40;
	by("p").setAttribute("title", "x");
	by("p").firstChild?.remove();
	by("p").append("other", document.createElement("b"));
	by("scroller").before(by("v"));
	by("i").remove();
	by("b").setAttribute("data-snag-mask", "");
	for (const type of ["resize", "storage", "popstate", "beforeprint", "offline"])
		dispatchEvent(new Event(type));
	dispatchEvent(new ErrorEvent("error", { message: "the page's own", filename: location.href }));
	dispatchEvent(
		new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: "own" }),
	);
	document.dispatchEvent(new Event("visibilitychange"));
	return log;
}
