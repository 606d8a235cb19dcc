// How much of what was asked for is on the map.
import type { Heatmap } from "../../protocol/api.ts";
import { formatCount, plural } from "../ui/format.ts";
import type { Projection } from "./project.ts";

interface MapSummaryProps {
	heatmap: Heatmap;
	projection: Projection | undefined;
}

export function MapSummary({ heatmap, projection }: MapSummaryProps) {
	return (
		<p class="map-summary" aria-live="polite">
			{heatmap.presses === 0 && <strong>No presses yet</strong>}
			{projection && heatmap.presses > 0 && (
				<strong data-shown={projection.shown} data-presses={heatmap.presses}>
					{formatCount(projection.shown)} of {plural(heatmap.presses, "press", "presses")} shown
				</strong>
			)}
			<span>
				{plural(heatmap.sessions, "session")}, {plural(heatmap.views, "view")}
			</span>
		</p>
	);
}
