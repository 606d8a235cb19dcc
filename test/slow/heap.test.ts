// What a page takes away is gone, with the recorder as without it: frames, shadow trees and many nodes
// come, are told, and go; after that the browser counts as many documents, nodes and listeners as before.
import type { CDPSession } from "puppeteer-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Intake, startIntake } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import type { TestBrowser } from "../support/browser.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { waitFor } from "../support/wait-for.ts";

const BODY = `<!doctype html><title>Heap</title>{{script}}<body><main id="m"></main></body>`;
const INSIDE = "<!doctype html><p>Inside</p><style>p { color: red }</style><input>";
const TURNS = ["apple", "banana", "cherry"];
const TIMES = { frames: 100, shadows: 100, nodes: 20_000 };

interface Counters {
	documents: number;
	nodes: number;
	jsEventListeners: number;
	heap: number;
}

/** What of the last ones may still wait to be told, and what the recorder makes at its first use. */
const MARGIN: Counters = { documents: 1, nodes: 250, jsEventListeners: 150, heap: 1.5e6 };
const NAMES = ["documents", "nodes", "jsEventListeners", "heap"] as const;

interface Coming {
	name: string;
	/** Runs in the page: puts them there, with the mark behind the last one. */
	come: (mark: string, times: typeof TIMES) => Promise<void>;
}

const COMING: readonly Coming[] = [
	{
		name: "100 frames",
		async come(mark, { frames }) {
			const main = document.getElementById("m") as HTMLElement;
			const loads = Array.from({ length: frames }, (_, at) => {
				const frame = document.createElement("iframe");
				const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
				if (at % 2) frame.src = "/inside";
				else frame.srcdoc = "<p>Inside</p><style>p { color: red }</style>";
				main.append(frame);
				return loaded;
			});
			await Promise.all(loads);
			main.append(mark);
		},
	},
	{
		name: "100 shadow trees",
		async come(mark, { shadows }) {
			const main = document.getElementById("m") as HTMLElement;
			for (let at = 0; at < shadows; at++) {
				const host = main.appendChild(document.createElement("div"));
				const root = host.attachShadow({ mode: "open" });
				root.innerHTML = "<style>p { color: red }</style><p>Inside</p><input>";
				root.adoptedStyleSheets = [new CSSStyleSheet()];
			}
			main.append(mark);
		},
	},
	{
		name: "20,000 nodes",
		async come(mark, { nodes }) {
			const main = document.getElementById("m") as HTMLElement;
			for (let at = 0; at < nodes / 4; at++) {
				const row = main.appendChild(document.createElement("div"));
				row.append(
					"Row",
					row.appendChild(document.createElement("input")),
					document.createElement("b"),
				);
			}
			main.append(mark);
		},
	},
];

let intake: Intake;
beforeAll(async () => {
	const bare = BODY.replace("{{script}}", "");
	intake = await startIntake({ "/page": BODY, "/bare": bare, "/inside": INSIDE });
});
afterAll(() => intake.close());

async function count(session: CDPSession): Promise<Counters> {
	// Twice: what a first collection lets go of may have held something else.
	for (let turn = 0; turn < 2; turn++) await session.send("HeapProfiler.collectGarbage");
	const { usedSize: heap } = await session.send("Runtime.getHeapUsage");
	return { ...(await session.send("Memory.getDOMCounters")), heap };
}

/** Told, or recorded by facts alone because the machine is too slow for more. */
async function waitTold(mark: string): Promise<void> {
	const isTold = () =>
		intake.accepted.some(
			({ text, envelope }) => text.includes(mark) || (envelope.cost.step ?? 0) > 2,
		);
	await waitFor(isTold, { what: mark, timeoutMs: 60_000 });
}

/** What is there more than before, once they have come and gone a few times; at the least in a while. */
async function growth(browser: TestBrowser, path: string, { come }: Coming): Promise<Counters> {
	const isRecorded = path === "/page";
	intake.accepted.length = 0;
	return browser.withPage(async ({ page }) => {
		const session = await page.createCDPSession();
		await page.goto(intake.page(path));
		if (isRecorded) await recordingBegan(page);
		const before = await count(session);
		for (const turn of TURNS) {
			await page.evaluate(come, `come ${turn}`, TIMES);
			if (isRecorded) await waitTold(`come ${turn}`);
			await page.evaluate((text) => {
				(document.getElementById("m") as HTMLElement).textContent = text;
			}, `gone ${turn}`);
			if (isRecorded) await waitTold(`gone ${turn}`);
		}
		let grown = subtract(await count(session), before);
		const isBack = async () => {
			grown = subtract(await count(session), before);
			return NAMES.every((name) => grown[name] <= MARGIN[name]);
		};
		await waitFor(isBack, { what: "the heap to return", timeoutMs: 15_000 }).catch(() => {});
		return grown;
	});
}

function subtract(a: Counters, b: Counters): Counters {
	return {
		documents: a.documents - b.documents,
		nodes: a.nodes - b.nodes,
		jsEventListeners: a.jsEventListeners - b.jsEventListeners,
		heap: a.heap - b.heap,
	};
}

describeWithBrowser("what has come and gone", (browser) => {
	test.each(COMING)("of $name nothing is kept", async (coming) => {
		const bare = await growth(browser(), "/bare", coming);
		const recorded = await growth(browser(), "/page", coming);
		console.log(coming.name, "without us", bare, "with us", recorded);
		for (const name of NAMES)
			expect(recorded[name] - bare[name], name).toBeLessThanOrEqual(MARGIN[name]);
	});
});
