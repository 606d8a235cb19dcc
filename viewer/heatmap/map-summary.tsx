// How much of what was asked for is on the map.
import type { Heatmap } from "../../protocol/api.ts";
import { formatCount, plural } from "../ui/format.ts";
import type { Projection } from "./project.ts";
import { FEW } from "./weigh.ts";

interface MapSummaryProps {
	heatmap: Heatmap;
	projection: Projection | undefined;
}

export function MapSummary({ heatmap, projection }: MapSummaryProps) {
	const { sessions, views } = heatmap;
	return (
		<p class="map-summary" aria-live="polite">
			{heatmap.presses === 0 && <strong>No presses yet</strong>}
			{projection && heatmap.presses > 0 && <Shown heatmap={heatmap} projection={projection} />}
			<span>
				{plural(sessions, "session")}, {plural(views, "view")}
				{views < FEW && views > 0 && ": few, take it with care"}
			</span>
			<Sampled heatmap={heatmap} />
			<Open heatmap={heatmap} />
		</p>
	);
}

/** On large pages a part is read of where things happened; what is counted on an element is always all. */
function Sampled({ heatmap: { presses, sampledPresses, views, sampledViews } }: HeatmapOf) {
	if (sampledPresses >= presses && sampledViews >= views) return null;
	const share = Math.round((100 * sampledPresses) / Math.max(1, presses));
	return (
		<span title="Whole sessions by chance. Presses, sessions and views of each element are counted in full; where on the element, who saw it and where views led are taken from this part.">
			placed by {share} % of presses
		</span>
	);
}

/** Who is still there has left nothing yet. */
function Open({ heatmap: { kind, openExits } }: HeatmapOf) {
	if (kind !== "last" || openExits === 0) return null;
	return (
		<span title="They count with the last page they were on. Without a sign for a while they are over.">
			{openExits === 1 ? "1 may still go on" : `${formatCount(openExits)} may still go on`}
		</span>
	);
}

interface HeatmapOf {
	heatmap: Heatmap;
}

/** Of what this map counts; maps of the page itself have nothing that could be missing. */
function Shown({ heatmap, projection }: { heatmap: Heatmap; projection: Projection }) {
	const { kind, unit, dwell, counted, presses } = heatmap;
	if (kind === "move" && dwell !== undefined) {
		return (
			<strong title="A mouse rests at a place of the page, which is another one at another width">
				{formatCount(dwell.views)} of {plural(dwell.ofViews, "view")} at this width
			</strong>
		);
	}
	if (kind === "hesitation") {
		const timed = heatmap.elements.filter(({ hesitation }) => hesitation !== undefined).length;
		return <strong>{timed === 0 ? "Too few to tell" : `${plural(timed, "element")} timed`}</strong>;
	}
	const noun = NOUNS[kind];
	if (noun === undefined) return null;
	if (counted === 0) return <strong>No {noun[0]} here</strong>;
	const once = kind === "press" && unit === "unique";
	return (
		<strong
			data-shown={projection.shown}
			data-presses={presses}
			title={
				once
					? `Each session counts once for an element; ${plural(presses, "press", "presses")} in all`
					: undefined
			}
		>
			{formatCount(projection.shown)} of {plural(counted, ...noun)} shown
		</strong>
	);
}

const NOUNS: Readonly<Partial<Record<Heatmap["kind"], [one: string, many: string]>>> = {
	press: ["press", "presses"],
	first: ["first press", "first presses"],
	last: ["last press", "last presses"],
	rage: ["session in rage", "sessions in rage"],
	dead: ["session without an answer", "sessions without an answer"],
	error: ["session with an error", "sessions with an error"],
};
