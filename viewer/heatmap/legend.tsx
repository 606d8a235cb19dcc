// What the colours mean, in numbers. The scale is the same on every map.
import type { Heatmap } from "../../protocol/api.ts";
import { type RampName, rampCss } from "./ramp.ts";
import { TICKS } from "./scale.ts";
import { SlownessLegend } from "./slowness-block.tsx";
import { FEW } from "./weigh.ts";

interface LegendProps {
	heatmap: Heatmap;
	ramp: RampName;
	/** Is anything on the map taken over fewer than FEW? */
	hasFew: boolean;
}

export function Legend({ heatmap, ramp, hasFew }: LegendProps) {
	if (heatmap.kind === "hesitation") return <SlownessLegend />;
	return (
		<div class="legend">
			<span>{legendOf(heatmap)}</span>
			<span class="legend-scale">
				<i style={{ background: rampCss(ramp) }} />
				<span class="legend-numbers">
					{TICKS.map((tick) => (
						<span key={tick}>{tick}</span>
					))}
				</span>
			</span>
			{hasFew && (
				<span class="legend-few">
					<i class="hatch" /> of fewer than {FEW}
				</span>
			)}
		</div>
	);
}

export function DifferenceLegend() {
	return (
		<div class="legend">
			<span>B less A, points of 100</span>
			<span class="legend-scale">
				<i style={{ background: rampCss("difference") }} />
				<span class="legend-numbers">
					<span>−30</span>
					<span>−3</span>
					<span>0</span>
					<span>+3</span>
					<span>+30</span>
				</span>
			</span>
			<span class="legend-few">
				<i class="unsure" /> may be chance
			</span>
		</div>
	);
}

/** What a place of the scale counts. */
export function legendOf({ kind, unit }: Heatmap): string {
	switch (kind) {
		case "first":
			return "Of 100 views, first pressed here";
		case "last":
			return "Of 100 exits, last pressed here";
		case "rage":
			return "Of 100 sessions that saw it, pressed it in rage";
		case "dead":
			return "Of 100 sessions that saw it, got no answer";
		case "error":
			return "Of 100 sessions that saw it, met an error";
		case "hesitation":
			return "Time taken, beside controls like it";
		case "exposure":
			return "Of 100 views, saw it";
		case "scroll":
			return "Of 100 views, got this far";
		case "attention":
			return "Seconds on screen, median view";
		case "move":
			return "Seconds of rest in 100 views";
		default:
			return unit === "all"
				? "Presses in 100 views that saw it"
				: "Of 100 sessions that saw it, pressed here";
	}
}
