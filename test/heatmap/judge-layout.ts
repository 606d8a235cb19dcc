// What becomes of the presses of a layout, made at one width and shown at another; and what would become of
// them by the schemes of others, which keep pixels or shares of the page instead of elements.
import type { HeatmapElement } from "../../protocol/api.ts";
import { BINS } from "../../protocol/limits.ts";
import type { TestBrowser } from "../support/browser.ts";
import { bundlePage } from "../support/bundle-page.ts";
import type { Layout } from "./layouts.ts";
import type { MapSeen } from "./rebuild-page.ts";
import { HEIGHT, type Press, type Visit } from "./record-presses.ts";

export interface Verdict {
	layout: string;
	/** Recorded and shown at the same width. */
	same: boolean;
	presses: number;
	shown: number;
	/** Shown, but not on what was pressed. */
	wrong: string[];
	/** Same width: further from the pressed point than half a bin and a pixel. */
	far: string[];
	/** Why presses are not shown → how many. */
	reasons: Record<string, number>;
	/** Same width: keys that are others where they are taken of the rebuilt page. */
	changed: string[];
	/** All of them at once, near bins joined. */
	totals: { shown: number; notShown: number }[];
	/** On what was pressed by absolute pixels, by a share of the width, by shares of the document. */
	rivals: [absolute: number, ratio: number, percent: number];
}

const NEAR_PX = 1;

type Box = MapSeen["marks"][string];

export async function judgeVisit(
	browser: TestBrowser,
	layout: Layout,
	visit: Visit,
	widths: readonly number[],
): Promise<Verdict[]> {
	const script = await bundlePage(new URL("rebuild-page.ts", import.meta.url));
	return browser.withPage(async ({ page, problems }) => {
		await page.evaluate(script);
		const verdicts: Verdict[] = [];
		for (const width of widths) {
			const viewport = { width, height: HEIGHT };
			const { events, at, elements } = visit;
			await page.evaluate((...given) => window.buildMapPage(...given), events, at, viewport);
			const seen = await page.evaluate((given) => window.seeMap(given), elements);
			const joined = await page.evaluate((given) => window.seeMap(given), joinByKey(elements));
			const verdict = judge(layout, visit, width, seen);
			verdict.totals.push({ shown: joined.shown, notShown: joined.notShown });
			// What was pressed before a step is another thing after it.
			if (verdict.same && !layout.steps) {
				const marks = visit.presses.map((press) => press.mark);
				const keys = await page.evaluate((given) => window.takeKeys(given), marks);
				verdict.changed.push(...listChanged(visit, keys));
			}
			verdicts.push(verdict);
		}
		if (problems.length > 0) throw new Error(problems.join("\n"));
		return verdicts;
	});
}

function judge(layout: Layout, visit: Visit, width: number, seen: MapSeen): Verdict {
	const same = visit.width === width;
	const verdict: Verdict = {
		...{ layout: layout.name, same, presses: visit.presses.length, shown: seen.shown },
		...{ wrong: [], far: [], changed: [], reasons: {}, rivals: [0, 0, 0] },
		totals: [{ shown: seen.shown, notShown: seen.notShown }],
	};
	for (const [index, press] of visit.presses.entries()) {
		const box = seen.marks[press.mark];
		countRivals(verdict, { press, box, from: visit.width, to: seen.size, width });
		const of = seen.elements[index];
		const [point] = of?.points ?? [];
		if (point === undefined) {
			const reason = of?.reason ?? "nothing said";
			verdict.reasons[reason] = (verdict.reasons[reason] ?? 0) + 1;
			continue;
		}
		const what = `${layout.name}, ${visit.width} → ${width}: ${visit.elements[index]?.key} (${press.mark})`;
		if (!isOn(box, [point.x, point.y])) verdict.wrong.push(`${what} ${describe(point, box)}`);
		else if (same && box !== undefined) {
			const off = [point.x - box.x - press.offset[0], point.y - box.y - press.offset[1]];
			const far = off.some(
				(by, axis) => Math.abs(by) > (press.size[axis] ?? 0) / BINS / 2 + NEAR_PX,
			);
			if (far) verdict.far.push(`${what} off by ${off.map((by) => by.toFixed(1))}`);
		}
	}
	return verdict;
}

function listChanged({ elements }: Visit, keys: readonly unknown[]): string[] {
	return elements.flatMap(({ candidates }, index) => {
		const [before, now] = [candidates, keys[index]].map((key) => JSON.stringify(key));
		return before === now ? [] : [`${before}, rebuilt ${now}`];
	});
}

/** As an answer of the server has them. */
function joinByKey(elements: readonly HeatmapElement[]): HeatmapElement[] {
	const joined = new Map<string, HeatmapElement>();
	for (const element of elements) {
		const known = joined.get(element.key);
		const bins = [...(known?.bins ?? []), ...element.bins];
		joined.set(element.key, { ...element, bins, presses: bins.length, count: bins.length });
	}
	return [...joined.values()];
}

interface Rival {
	press: Press;
	box: Box | undefined;
	from: number;
	width: number;
	to: MapSeen["size"];
}

function countRivals(verdict: Verdict, { press, box, from, width, to }: Rival): void {
	const [x, y] = press.at;
	const [documentWidth, documentHeight] = press.documentSize;
	const places: [number, number][] = [
		[x, y],
		[(x / from) * width, y],
		[(x / documentWidth) * to.width, (y / documentHeight) * to.height],
	];
	for (const [rival, place] of places.entries()) {
		if (isOn(box, place)) verdict.rivals[rival] = (verdict.rivals[rival] ?? 0) + 1;
	}
}

function isOn(box: Box | undefined, [x, y]: [number, number]): boolean {
	if (box === undefined) return false;
	return (
		x >= box.x - NEAR_PX &&
		y >= box.y - NEAR_PX &&
		x <= box.x + box.width + NEAR_PX &&
		y <= box.y + box.height + NEAR_PX
	);
}

const describe = ({ x, y }: { x: number; y: number }, box: Box | undefined): string =>
	`at ${Math.round(x)} ${Math.round(y)}, pressed ${JSON.stringify(box)}`;
