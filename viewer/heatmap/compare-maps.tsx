// Two maps of a page, side by side with one scroll, or one map of what differs between them: two groups of
// widths, two periods, two variants, before and after a deploy.
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { plural } from "../ui/format.ts";
import { ErrorCard } from "../ui/state-card.tsx";
import { colorOfDifference, differ, type ElementDifference } from "./differ.ts";
import { DifferenceTable, formatPoints } from "./difference-table.tsx";
import { DifferenceLegend, Legend } from "./legend.tsx";
import type { BoxPaint } from "./map-boxes.tsx";
import type { MapChange } from "./map-page.tsx";
import { MapStage } from "./map-stage.tsx";
import { MapSummary } from "./map-summary.tsx";
import { GroupBar, MapToolbar, Narrowing } from "./map-toolbar.tsx";
import { MapActions, MapLook } from "./map-tools.tsx";
import { kindOf, otherOf, VERSUS_KEYS, type ViewKey } from "./map-view.ts";
import type { MapReading } from "./read-map.ts";
import type { MapScreenProps } from "./single-map.tsx";
import { answerOf, type MapAnswers, type MapRoute, useMap } from "./use-map.ts";
import { FEW, hasFew } from "./weigh.ts";

export function CompareMaps({ site, route, counts, ramp, onChange }: MapScreenProps) {
	const other = otherOf(route);
	const [a, b] = [useMap(site.id, route), useMap(site.id, other)];
	const [readingA, setReadingA] = useState<MapReading | undefined>(undefined);
	const [readingB, setReadingB] = useState<MapReading | undefined>(undefined);
	const pointed = useSignal<string | undefined>(undefined);
	const scrolled = useSignal(0);
	const [mapA, mapB] = [answerOf(a.heatmap), answerOf(b.heatmap)];
	const differences = useMemo(
		() => (mapA === undefined || mapB === undefined ? [] : differ(mapA, mapB)),
		[mapA, mapB],
	);
	const both = useMemo(() => withBoth(mapA, differences), [mapA, differences]);
	// What is told is how long something takes, not how many do it: shares of it do not differ.
	const isTimed = kindOf(route.view) === "hesitation";
	const isDifference = route.view?.show === "difference" && !isTimed;
	const selected = route.view?.element;
	const side = { counts, pointed, selected, ramp, scrolled, width: route.width };
	const changeB = (change: MapChange) => changeOther(route, change, onChange);
	const select = (key: string) => onChange({ view: { element: key === selected ? "" : key } });
	return (
		<>
			<MapToolbar route={route} heatmap={mapA} onChange={onChange}>
				<MapActions {...{ route, ramp, onChange }} heatmap={mapA} reading={readingA} />
			</MapToolbar>
			<div class="map-toolbar">
				<b class="side-mark">A</b>
				<Narrowing route={route} heatmap={mapA} onChange={onChange} />
			</div>
			<div class="map-toolbar">
				<b class="side-mark">B</b>
				<GroupBar route={other} heatmap={mapB} onChange={changeB} />
				<Narrowing route={other} heatmap={mapB} onChange={changeB} />
			</div>
			<div class="map-line">
				<fieldset class="chips" hidden={isTimed}>
					<ShowChip
						label="Side by side"
						on={!isDifference}
						onPick={() => onChange({ view: { show: "" } })}
					/>
					<ShowChip
						label="Difference"
						on={isDifference}
						onPick={() => onChange({ view: { show: "difference" } })}
					/>
				</fieldset>
				<MapLook {...{ route, counts, ramp, onChange }} />
			</div>
			{isDifference ? (
				<DifferenceLegend />
			) : (
				mapA && <Legend heatmap={mapA} ramp={ramp} hasFew={hasFew(mapA) || hasFew(mapB)} />
			)}
			<div class="map-pair" data-one={isDifference || undefined}>
				<Side mark={isDifference ? "" : "A"} map={a} reading={readingA}>
					<MapStage
						{...side}
						key={isDifference ? "difference" : "A"}
						label={isDifference ? "of the difference" : "A"}
						heatmap={isDifference ? both : mapA}
						backdrop={answerOf(a.backdrop)}
						onRead={setReadingA}
						onSelect={select}
						{...(isDifference && { paint: paintDifference(differences) })}
					/>
				</Side>
				{!isDifference && (
					<Side mark="B" map={b} reading={readingB}>
						<MapStage
							{...side}
							label="B"
							heatmap={mapB}
							backdrop={answerOf(b.backdrop)}
							onRead={setReadingB}
							onSelect={select}
						/>
					</Side>
				)}
			</div>
			{mapA && mapB && !isTimed && (
				<>
					<p class="map-verdict" role="status">
						{sayVerdict(differences)}
					</p>
					<DifferenceTable differences={differences} pointed={pointed} onSelect={select} />
				</>
			)}
		</>
	);
}

interface SideProps {
	/** "" where there is one map of both. */
	mark: string;
	map: MapAnswers;
	reading: MapReading | undefined;
	children: ComponentChildren;
}

function Side({ mark, map, reading, children }: SideProps) {
	const heatmap = answerOf(map.heatmap);
	return (
		<section class="map-side-of" aria-label={mark === "" ? "Map of the difference" : `Map ${mark}`}>
			{mark !== "" && (
				<header>
					<b class="side-mark">{mark}</b>
					{heatmap && <MapSummary heatmap={heatmap} projection={reading?.projection} />}
				</header>
			)}
			{map.heatmap.state === "failed" ? (
				<ErrorCard error={map.heatmap.error} level={2} onRetry={map.askHeatmap} />
			) : map.backdrop.state === "failed" ? (
				<ErrorCard error={map.backdrop.error} level={2} onRetry={map.askBackdrop} />
			) : (
				children
			)}
		</section>
	);
}

function ShowChip({ label, on, onPick }: { label: string; on: boolean; onPick: () => void }) {
	return (
		<button type="button" class="chip" aria-pressed={on} onClick={onPick}>
			{label}
		</button>
	);
}

/** What was changed for B goes to the part of the address that is B's. */
function changeOther(
	route: MapRoute,
	{ group, view }: MapChange,
	onChange: (change: MapChange) => void,
): void {
	const versus = new URLSearchParams(route.view?.versus);
	const told: Record<string, string | undefined> = { ...view, group };
	for (const key of VERSUS_KEYS) {
		const value = told[key];
		if (value === undefined) continue;
		const ofA = key === "group" ? route.group : (route.view?.[key as ViewKey] ?? "");
		if (value === ofA) versus.delete(key);
		else versus.set(key, value);
	}
	onChange({ view: { versus: versus.toString() || "on=1" } });
}

/** Elements that only B has are on the map of differences too. */
function withBoth(
	heatmap: Heatmap | undefined,
	differences: readonly ElementDifference[],
): Heatmap | undefined {
	if (heatmap === undefined) return undefined;
	return { ...heatmap, elements: differences.map(({ element }) => element) };
}

function paintDifference(
	differences: readonly ElementDifference[],
): (element: HeatmapElement) => BoxPaint {
	const known = new Map(differences.map((entry) => [entry.element.key, entry]));
	return ({ key }) => {
		const entry = known.get(key);
		if (entry === undefined) return { says: "", few: false };
		const { difference, holds, a, b } = entry;
		const few = Math.min(a[1], b[1]) < FEW;
		if (!holds) return { color: "rgb(128 128 128 / 0.55)", says: "", few };
		return {
			color: colorOfDifference(difference.share),
			says: formatPoints(difference.share),
			few,
		};
	};
}

function sayVerdict(differences: readonly ElementDifference[]): string {
	const held = differences.filter(({ holds }) => holds).length;
	if (differences.length === 0) return "Nothing was pressed on either map.";
	if (held === 0) {
		return `None of ${plural(differences.length, "element")} differs by more than chance may: more visits or a longer period would tell.`;
	}
	return `${plural(held, "element")} of ${differences.length} ${held === 1 ? "differs" : "differ"} by more than chance.`;
}
