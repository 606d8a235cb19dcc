// One map with its elements by rank, and what is known of the one that is chosen.
import { type Signal, useSignal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { ErrorCard } from "../ui/state-card.tsx";
import { BackdropChoice } from "./backdrop-choice.tsx";
import { ElementPanel } from "./element-panel.tsx";
import { ElementTable } from "./element-table.tsx";
import { Legend } from "./legend.tsx";
import type { MapChange } from "./map-page.tsx";
import { MapStage } from "./map-stage.tsx";
import { MapSummary } from "./map-summary.tsx";
import { MapToolbar, Narrowing } from "./map-toolbar.tsx";
import { MapTools } from "./map-tools.tsx";
import { NoBackdrop } from "./no-backdrop.tsx";
import { NoPresses } from "./no-presses.tsx";
import { NotShown } from "./not-shown.tsx";
import type { RampName } from "./ramp.ts";
import type { MapReading } from "./read-map.ts";
import { answerOf, type MapRoute, useMap } from "./use-map.ts";
import { countsPresses, hasFew } from "./weigh.ts";

export interface MapScreenProps {
	site: Site;
	route: MapRoute;
	counts: Signal<boolean>;
	ramp: RampName;
	onChange: (change: MapChange) => void;
}

export function SingleMap({ site, route, counts, ramp, onChange }: MapScreenProps) {
	const map = useMap(site.id, route);
	const [reading, setReading] = useState<MapReading | undefined>(undefined);
	const pointed = useSignal<string | undefined>(undefined);
	const scrolled = useSignal(0);
	const projection = reading?.projection;
	const absent = useMemo(() => {
		const placed = new Set(projection?.placed.map(({ element }) => element));
		const missing = projection?.missing.map(({ element }) => element) ?? [];
		return new Set(missing.filter((element) => !placed.has(element)));
	}, [projection]);
	const heatmap = answerOf(map.heatmap);
	const isCounted = projection !== undefined && projection.notShown > 0 && countsPresses(heatmap);
	const selected = route.view?.element;
	const chosen = heatmap?.elements.find(({ key }) => key === selected);
	const select = (key: string) => onChange({ view: { element: key === selected ? "" : key } });
	return (
		<>
			{heatmap && <FreshnessBanner freshness={heatmap.freshness} />}
			<MapToolbar route={route} heatmap={heatmap} onChange={onChange} />
			<div class="map-line">
				<Narrowing route={route} heatmap={heatmap} onChange={onChange} />
				<BackdropChoice route={route} backdrop={answerOf(map.backdrop)} onChange={onChange} />
				<MapTools
					{...{ route, counts, ramp, onChange, heatmap, reading }}
					backdrop={answerOf(map.backdrop)}
				/>
			</div>
			{map.heatmap.state === "failed" ? (
				<ErrorCard error={map.heatmap.error} onRetry={map.askHeatmap} />
			) : (
				<div class="map-columns" data-absent={map.isAbsent || undefined}>
					{map.isAbsent ? (
						<NoBackdrop site={site} page={route.page} heatmap={heatmap} patience={map.patience} />
					) : map.backdrop.state === "failed" ? (
						<ErrorCard error={map.backdrop.error} level={2} onRetry={map.askBackdrop} />
					) : (
						<div class="map-main">
							<div class="map-caption">
								{heatmap && <MapSummary heatmap={heatmap} projection={projection} />}
								{heatmap && <Legend heatmap={heatmap} ramp={ramp} hasFew={hasFew(heatmap)} />}
							</div>
							<MapStage
								{...{ heatmap, counts, pointed, selected, ramp, scrolled }}
								label=""
								backdrop={answerOf(map.backdrop)}
								width={route.width}
								onRead={setReading}
								onSelect={select}
							/>
						</div>
					)}
					<aside class="map-side">
						{heatmap && chosen && (
							<ElementPanel
								{...{ site, route, heatmap }}
								element={chosen}
								isAbsent={absent.has(chosen)}
								onClose={() => onChange({ view: { element: "" } })}
							/>
						)}
						{projection && isCounted && projection.shown === 0 && (
							<NotShown projection={projection} />
						)}
						{heatmap && heatmap.elements.length > 0 && (
							<ElementTable {...{ heatmap, absent, pointed, selected }} onSelect={select} />
						)}
						{heatmap && heatmap.elements.length === 0 && !map.isAbsent && (
							<NoPresses
								site={site}
								group={route.group}
								onAllWidths={() => onChange({ group: "" })}
							/>
						)}
						{projection && isCounted && projection.shown > 0 && (
							<NotShown projection={projection} />
						)}
					</aside>
				</div>
			)}
		</>
	);
}
