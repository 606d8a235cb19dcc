// Beside a page that nobody pressed on: why the map is empty, and where there is more.
import type { Site } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";

interface NoPressesProps {
	site: Site;
	/** "" for all widths. */
	group: string;
	onAllWidths: () => void;
}

export function NoPresses({ site, group, onAllWidths }: NoPressesProps) {
	return (
		<section class="map-empty" data-state="no-presses">
			<h2>No presses here{group !== "" && " at this width"}</h2>
			<p>
				{group === ""
					? "People came to this page and left it without pressing anything. The map fills with the first press."
					: "Nobody with a window of this width has pressed anything on this page."}
			</p>
			<div class="state-actions">
				{group !== "" && (
					<button type="button" class="button button-main" onClick={onAllWidths}>
						Show all widths
					</button>
				)}
				<a class="button" href={formatRoute({ name: "heatmaps", site: site.id })}>
					Pages with presses
				</a>
				<a class="button" href={formatRoute({ name: "sessions", site: site.id })}>
					Watch the visits
				</a>
			</div>
		</section>
	);
}
