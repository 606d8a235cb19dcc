// Beside a page that nobody pressed on: why the map is empty, and where there is more.
import type { Heatmap, Site } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";
import { plural } from "../ui/format.ts";

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

/** Beside a map of last presses that has none. */
export function NoLastPress({ heatmap: { exits, openExits } }: { heatmap: Heatmap }) {
	const over = exits - openExits;
	return (
		<section class="map-empty" data-state="no-last-press">
			<h2>Nobody pressed here and then left</h2>
			<p>
				{over === 0
					? "No visit has ended on this page so far."
					: `${plural(over, "visit")} ended on this page, without a press on it.`}
				{openExits > 0 &&
					` ${plural(openExits, "visit")} may still go on: whether it ends here is known once nothing more comes of it for a while.`}
			</p>
		</section>
	);
}

/** Beside a map of hesitation where nothing is known yet. */
export function NoneTimed({ heatmap: { usual } }: { heatmap: Heatmap }) {
	return (
		<section class="map-empty" data-state="none-timed">
			<h2>Too few visits to tell what takes long</h2>
			<p>
				{usual === ""
					? "What is usual on this site is known once 30 visits that are over took a time at something: rested on it with a mouse before they pressed it, or wrote in a field."
					: "An element needs 10 visits that rested on it with a mouse before they pressed it, or wrote in it."}
			</p>
		</section>
	);
}

const NONE: Readonly<Partial<Record<Heatmap["kind"], string>>> = {
	rage: "Nothing on this page was pressed in rage",
	dead: "Every press on this page was answered",
	error: "No press on this page met an error",
};

/** Beside a map of what went wrong, where nothing did. */
export function NoneOfKind({ heatmap: { kind, presses } }: { heatmap: Heatmap }) {
	return (
		<section class="map-empty" data-state="none-of-kind">
			<h2>{NONE[kind]}</h2>
			<p>{plural(presses, "press", "presses")} looked at.</p>
		</section>
	);
}
