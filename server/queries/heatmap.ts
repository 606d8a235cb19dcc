// Presses of a page as bins per element. Nothing is projected here: where an element is depends on the
// width the map is drawn at, which only the viewer knows.
import type {
	HEAT_KINDS,
	HEAT_POINTERS,
	HEAT_UNITS,
	Heatmap,
	HeatmapElement,
	ViewportGroup,
} from "../../protocol/api.ts";
import { BINS, RELATIVE_MAX } from "../../protocol/limits.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import type { Index } from "../index/client.ts";

/** Ends of the viewport groups, in CSS pixels, where a site's own breakpoints are not known. */
const GROUP_ENDS = [480, 768, 1024, 1440];

const WHERE = `
	site = {site:UInt32} AND page = {page:String}
	AND at >= fromUnixTimestamp64Milli({from:Int64}) AND at < fromUnixTimestamp64Milli({to:Int64})`;
const IN_GROUP = "viewport_width >= {minWidth:Int32} AND viewport_width < {maxWidth:Int32}";

/** A name stays with its element; a position is taken by one thing today and another tomorrow. */
const ELEMENTS = `
	WITH presses AS (
		SELECT session, stream, element, layer,
			toUInt32(intDiv(x * ${BINS}, ${RELATIVE_MAX + 1}) * ${BINS} + intDiv(y * ${BINS}, ${RELATIVE_MAX + 1})) AS bin
		FROM facts FINAL WHERE kind = 2 AND ${WHERE} AND ${IN_GROUP}
	)
	SELECT e.key AS key, min(e.candidates) AS candidates, min(e.tag) AS tag, min(e.role) AS role,
		min(e.text) AS text, min(p.layer) AS layer, count() AS presses,
		uniqExact(p.session) AS sessions, sumMap([p.bin], [toUInt32(1)]) AS bins
	FROM presses AS p
	LEFT JOIN (
		SELECT stream, element, key, candidates, tag, role, text FROM elements FINAL
		WHERE site = {site:UInt32} AND stream IN (SELECT stream FROM presses)
	) AS e ON p.stream = e.stream AND p.element = e.element
	GROUP BY key, if(startsWith(e.key, 'path:'), [toString(e.tag), e.text], []) AS thing
	ORDER BY presses DESC, key, thing`;

const TOTALS = `
	SELECT countIf(kind = 1) AS views, uniqExact(session) AS sessions
	FROM facts FINAL WHERE kind IN (1, 2) AND ${WHERE} AND ${IN_GROUP}`;

const GROUPS = `
	SELECT arrayFirstIndex(end -> viewport_width < end, {ends:Array(Int32)}) AS position, count() AS presses
	FROM facts FINAL WHERE kind = 2 AND ${WHERE} GROUP BY position`;

export interface HeatmapQuery {
	site: number;
	page: string;
	/** As in `0-479` or `1440-`, "" for all widths. */
	group: string;
	from: number;
	to: number;
	kind: (typeof HEAT_KINDS)[number];
	unit: (typeof HEAT_UNITS)[number];
	pointer: (typeof HEAT_POINTERS)[number];
	state: string;
	filter: string;
}

interface ElementRow {
	key: string;
	candidates: string;
	tag: string;
	role: string;
	text: string;
	layer: string;
	presses: string;
	sessions: string;
	bins: [number[], (number | string)[]];
}

export async function queryHeatmap(
	index: Index,
	query: HeatmapQuery,
): Promise<Omit<Heatmap, "freshness">> {
	const { minWidth, maxWidth } = parseGroup(query.group) ?? { minWidth: 0, maxWidth: 2 ** 31 - 1 };
	const parameters = { ...query, minWidth, maxWidth, ends: GROUP_ENDS };
	const [rows, totals, groups] = await Promise.all([
		index.query<ElementRow>(ELEMENTS, parameters),
		index.query<{ views: string; sessions: string }>(TOTALS, parameters),
		index.query<{ position: number; presses: string }>(GROUPS, parameters),
	]);
	const elements = rows.map(toElement);
	const { page, kind, group, unit, pointer, state, filter, from, to } = query;
	const presses = elements.reduce((sum, element) => sum + element.presses, 0);
	const views = Number(totals[0]?.views ?? 0);
	return {
		...{ page, kind, group, unit, pointer, state, filter, from, to },
		groups: toGroups(new Map(groups.map((row) => [row.position, Number(row.presses)]))),
		...{ groupsFrom: "fixed", states: [], pointers: [] },
		...{ presses, views, exits: 0, counted: presses, sampledViews: views },
		sessions: Number(totals[0]?.sessions ?? 0),
		elements,
	};
}

/** `0-479` → from 0 to below 480; undefined where the text is no group. */
export function parseGroup(group: string): { minWidth: number; maxWidth: number } | undefined {
	const [, min, max] = /^(\d{1,5})-(\d{0,5})$/.exec(group) ?? [];
	if (min === undefined) return undefined;
	return { minWidth: Number(min), maxWidth: max ? Number(max) + 1 : 2 ** 31 - 1 };
}

/** Positions count from 1 in the list of ends; 0 is wider than all of them. */
function toGroups(presses: ReadonlyMap<number, number>): ViewportGroup[] {
	return [...GROUP_ENDS, 0].map((end, position) => {
		const minWidth = position === 0 ? 0 : (GROUP_ENDS[position - 1] ?? 0);
		const maxWidth = end === 0 ? 0 : end - 1;
		return {
			id: `${minWidth}-${maxWidth || ""}`,
			minWidth,
			maxWidth,
			presses: presses.get(end === 0 ? 0 : position + 1) ?? 0,
			views: 0,
		};
	});
}

function toElement(row: ElementRow): HeatmapElement {
	const [bins, counts] = row.bins;
	return {
		key: row.key,
		candidates: row.candidates === "" ? [] : (parseCandidates(JSON.parse(row.candidates)) ?? []),
		tag: row.tag,
		role: row.role,
		text: row.text,
		layer: row.layer,
		presses: Number(row.presses),
		sessions: Number(row.sessions),
		...{ views: 0, exposedSessions: 0, exposedViews: 0, first: 0, last: 0, exits: 0 },
		...{ also: [], next: [], count: Number(row.presses) },
		bins: bins.map((bin, index) => [
			Math.floor(bin / BINS),
			bin % BINS,
			Number(counts[index] ?? 0),
		]),
	};
}
