// Opens a page with the recorder in it, presses all that is marked with real input, and gives what arrived
// beside what was done.
import type { Page } from "puppeteer-core";
import type { HeatmapElement } from "../../protocol/api.ts";
import { formatElementKey } from "../../protocol/element-key.ts";
import { FACT_ELEMENT, FACT_PRESS, type Fact, type PressFact } from "../../protocol/fact.ts";
import { BINS } from "../../protocol/limits.ts";
import { type RawEvent, scrubEvents } from "../../replay/scrub.ts";
import { binOf } from "../../server/index/heat-rows.ts";
import { isWhole } from "../recorder/capture/facts-page.ts";
import type { Intake } from "../recorder/intake.ts";
import { recordingBegan } from "../recorder/recording-began.ts";
import type { TestBrowser } from "../support/browser.ts";
import { waitFor } from "../support/wait-for.ts";
import type { Layout } from "./layouts.ts";

/** What was done, in CSS pixels of the live page. */
export interface Press {
	mark: string;
	/** From the element's corner. */
	offset: [x: number, y: number];
	size: [width: number, height: number];
	/** In the document. */
	at: [x: number, y: number];
	documentSize: [width: number, height: number];
	/** How far the visitor had zoomed in. */
	scale: number;
}

export interface Visit {
	width: number;
	events: RawEvent[];
	/** When all had been pressed. */
	at: number;
	presses: Press[];
	/** What arrived of each press, as a map of it alone. */
	elements: HeatmapElement[];
}

export interface VisitOptions {
	browser: TestBrowser;
	intake: Intake;
	layout: Layout;
	path: string;
	width: number;
	/** 0 to 1. */
	random: () => number;
}

export const HEIGHT = 800;

export async function recordPresses(options: VisitOptions): Promise<Visit> {
	const { browser, intake, layout, width } = options;
	const before = intake.accepted.length;
	const viewport = { width, height: HEIGHT, deviceScaleFactor: layout.zoom?.device ?? 1 };
	const received = () => ({ accepted: intake.accepted.slice(before) });
	const presses = await browser.withPage(
		async ({ page }) => {
			const made = await pressAll(page, options);
			// A browser that is closed takes with it what is on its way.
			await waitFor(() => isWhole(received()), { what: "the last words and all before them" });
			return made;
		},
		{ viewport },
	);
	const chunks = received().accepted.sort(
		(a, b) => a.envelope.sequence - b.envelope.sequence || a.envelope.part - b.envelope.part,
	);
	const facts = chunks.flatMap((chunk) => chunk.facts);
	const { events } = scrubEvents(chunks.flatMap((chunk) => chunk.events));
	return {
		...{ width, events, presses },
		at: Math.max(...events.map(({ timestamp }) => timestamp)),
		elements: facts
			.filter((fact): fact is PressFact => fact[0] === FACT_PRESS)
			.sort((a, b) => a[1] - b[1])
			.map((press) => toElement(press, facts)),
	};
}

async function pressAll(page: Page, { intake, layout, path, random }: VisitOptions) {
	await page.goto(intake.page(path));
	await recordingBegan(page);
	if (layout.zoom) {
		const session = await page.createCDPSession();
		await session.send("Emulation.setPageScaleFactor", { pageScaleFactor: layout.zoom.pinch });
	}
	const presses: Press[] = [];
	for (const step of layout.steps ?? [""]) {
		await page.evaluate(step);
		await settle(page);
		const marks = await page.$$eval("[data-mark]", (all) =>
			all.map((element) => element.getAttribute("data-mark") ?? ""),
		);
		for (const mark of marks) {
			const aim = await page.evaluate(aimAt, mark, [random(), random()] as [number, number]);
			if (aim === undefined) continue;
			await page.mouse.click(...aim.pointer);
			presses.push(aim.press);
		}
	}
	await settle(page);
	await page.goto(intake.page("/away"));
	return presses;
}

/** What the page does at its next frame is done, and what was seen of that. */
function settle(page: Page): Promise<void> {
	return page.evaluate(async () => {
		for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
	});
}

/** Runs in the page: scrolls to what is marked and looks for a point of it that nothing lies over. */
function aimAt(
	mark: string,
	[across, down]: [number, number],
): { press: Press; pointer: [x: number, y: number] } | undefined {
	const element = document.querySelector(`[data-mark="${mark}"]`);
	if (element === null || !element.checkVisibility({ visibilityProperty: true })) return undefined;
	element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
	const { left, top, width, height } = element.getBoundingClientRect();
	const lines = element.getClientRects();
	const line = lines[Math.floor(across * lines.length)] ?? element.getBoundingClientRect();
	for (const share of [across, 0.5, 0.25, 0.75]) {
		const x = line.left + 1 + share * (line.width - 2);
		const y = line.top + 1 + down * (line.height - 2);
		const hit = document.elementFromPoint(x, y);
		if (hit?.closest("[data-mark]") !== element) continue;
		const { offsetLeft = 0, offsetTop = 0, scale = 1 } = visualViewport ?? {};
		const { scrollWidth, scrollHeight } = document.documentElement;
		return {
			press: {
				mark,
				offset: [x - left, y - top],
				size: [width, height],
				at: [x + scrollX, y + scrollY],
				documentSize: [scrollWidth, scrollHeight],
				scale,
			},
			pointer: [x - offsetLeft, y - offsetTop],
		};
	}
	return undefined;
}

function toElement(press: PressFact, facts: readonly Fact[]): HeatmapElement {
	const defined = facts.find((fact) => fact[0] === FACT_ELEMENT && fact[2] === press[3]);
	if (defined?.[0] !== FACT_ELEMENT) throw new Error(`element ${press[3]} was never told`);
	const [, , , candidates, tag, role, text] = defined;
	const bin = binOf(press[4], press[5]);
	const one = { presses: 1, sessions: 1, views: 1, exposedSessions: 1, exposedViews: 1, count: 1 };
	return {
		...{ id: "", key: formatElementKey(candidates), also: [], candidates, tag, role, text },
		...{ layer: press[8], ...one, first: 0, last: 0, exits: 0, next: [] },
		bins: [[Math.floor(bin / BINS), bin % BINS, 1]],
	};
}
