// How long does it take to draw the map of a page with ten million presses? Ours is given what the server's
// answer holds of them: 50,000 bins of 300 elements on a page of 6,000 pixels, to be placed, weighed and drawn for
// one viewport, as at each step of a scroll. The rivals add opacities on a canvas of the same viewport; they know
// no bins and are fed points, of which ten million do not fit: as many as they are given is said.
import { readFileSync } from "node:fs";
import { launchBrowser } from "../../test/support/browser.ts";
import type { Bench, Figure } from "../figure.ts";
import { findMedian } from "../quantile.ts";

const SEED = 11;
const ROUNDS = 15;
const RIVAL_POINTS = 200_000;
const RIVAL_ROUNDS = 3;
const MEGABYTE = 1024 * 1024;

export interface DrawTimes {
	/** Milliseconds of each round. */
	ours: number[];
	oursFewPoints: number[];
	heatmapJs: number[];
	simpleheat: number[];
	/** Bytes of the scripting heap after ours. */
	heapBytes: number;
}

export const measureHeatmapDraw: Bench = async ({ tell, quick }) => {
	const opened = await launchBrowser(["--enable-precise-memory-info"]);
	try {
		const times = await opened.withPage(
			async ({ page }) => {
				await page.setContent("<body></body>");
				await page.addScriptTag({ content: readFileSync("dist/bench/heatmap-page.js", "utf8") });
				const options = {
					seed: SEED,
					rounds: quick ? 2 : ROUNDS,
					rivalPoints: quick ? 2000 : RIVAL_POINTS,
					rivalRounds: quick ? 1 : RIVAL_ROUNDS,
				};
				return page.evaluate(
					(wanted) =>
						(globalThis as unknown as { measure: (of: typeof wanted) => DrawTimes }).measure(
							wanted,
						),
					options,
				);
			},
			{ viewport: { width: 1440, height: 900 } },
		);
		tell(`heap with 50,000 bins: ${(times.heapBytes / MEGABYTE).toFixed(0)} MB`);
		return figuresOf(times, quick ? 2000 : RIVAL_POINTS);
	} finally {
		await opened.close();
	}
};

function figuresOf(times: DrawTimes, points: number): Figure[] {
	const unit = "ms";
	const ours = findMedian(times.ours);
	const fed = `${points.toLocaleString("en")} points`;
	return [
		{
			...{ question: "heatmap of 10 M presses, place and draw", unit, ours },
			budget: { of: "ours", is: "at most", value: 50 },
		},
		{
			question: "heatmap of 10 M presses, slowest of the rounds",
			unit,
			ours: Math.max(...times.ours),
		},
		{
			question: `heatmap, beside heatmap.js fed ${fed}`,
			...{ unit, ours, rival: findMedian(times.heatmapJs) },
		},
		{
			question: `heatmap, beside simpleheat fed ${fed}`,
			...{ unit, ours, rival: findMedian(times.simpleheat) },
		},
		{
			question: "heatmap of 200 presses, place and draw",
			unit,
			ours: findMedian(times.oursFewPoints),
		},
		{
			question: "heatmap of 10 M presses, scripting heap",
			unit: "MB",
			ours: times.heapBytes / MEGABYTE,
		},
	];
}
