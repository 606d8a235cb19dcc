// One map with its elements by rank, and what is known of the one that is chosen.
import { type Signal, useSignal } from "@preact/signals";
import { useMemo, useState } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { Icon } from "../ui/icon.tsx";
import { ErrorCard } from "../ui/state-card.tsx";
import { BackdropChoice } from "./backdrop-choice.tsx";
import { BandTable } from "./band-table.tsx";
import { ElementPanel } from "./element-panel.tsx";
import { ElementTable } from "./element-table.tsx";
import { HoverCard } from "./hover-card.tsx";
import { Legend } from "./legend.tsx";
import type { MapChange } from "./map-page.tsx";
import { MapStage } from "./map-stage.tsx";
import { MapSummary } from "./map-summary.tsx";
import { MapToolbar, Narrowing } from "./map-toolbar.tsx";
import { MapActions, MapLook } from "./map-tools.tsx";
import { NoBackdrop } from "./no-backdrop.tsx";
import { NoLastPress, NoneOfKind, NoneTimed, NoPresses } from "./no-presses.tsx";
import { NotShown } from "./not-shown.tsx";
import type { RampName } from "./ramp.ts";
import type { MapReading } from "./read-map.ts";
import { answerOf, type MapRoute, useMap } from "./use-map.ts";
import { useZones } from "./use-zones.ts";
import { countsPresses, hasFew, isOfBands, isOfFriction } from "./weigh.ts";
import { ZoneLayer } from "./zone-layer.tsx";
import { ZoneList } from "./zone-list.tsx";

export interface MapScreenProps {
	site: Site;
	route: MapRoute;
	counts: Signal<boolean>;
	ramp: RampName;
	onChange: (change: MapChange) => void;
}

export function SingleMap(props: MapScreenProps & { drawing: Signal<boolean> }) {
	const { site, route, counts, drawing, ramp, onChange } = props;
	const map = useMap(site.id, route);
	const [reading, setReading] = useState<MapReading | undefined>(undefined);
	const pointed = useSignal<string | undefined>(undefined);
	const scrolled = useSignal(0);
	const isOpen = useSignal(false);
	const zones = useZones({ site, route, drawing, onChange });
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
			<MapToolbar route={route} heatmap={heatmap} onChange={onChange}>
				<MapActions
					{...{ route, drawing, ramp, onChange, heatmap, reading }}
					picture={{ ...zones, scrolled: scrolled.value }}
				>
					<MoreOptions isOpen={isOpen} />
				</MapActions>
			</MapToolbar>
			<div class="map-line" data-folded={!isOpen.value || undefined}>
				<Narrowing route={route} heatmap={heatmap} onChange={onChange} />
				<BackdropChoice route={route} backdrop={answerOf(map.backdrop)} onChange={onChange} />
				<MapLook {...{ route, counts, ramp, onChange }} />
			</div>
			{map.heatmap.state === "failed" ? (
				<ErrorCard error={map.heatmap.error} level={2} onRetry={map.askHeatmap} />
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
								over={(stage) => (
									<>
										<ZoneLayer {...zones} stage={stage} />
										<HoverCard stage={stage} pointed={pointed.value} />
									</>
								)}
							/>
						</div>
					)}
					<aside class="map-side">
						<ZoneList {...zones} site={site} route={route} />
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
						{heatmap?.kind === "last" && heatmap.presses > 0 && heatmap.counted === 0 && (
							<NoLastPress heatmap={heatmap} />
						)}
						{heatmap && isOfFriction(heatmap) && heatmap.presses > 0 && heatmap.counted === 0 && (
							<NoneOfKind heatmap={heatmap} />
						)}
						{heatmap?.kind === "hesitation" && heatmap.presses > 0 && heatmap.counted === 0 && (
							<NoneTimed heatmap={heatmap} />
						)}
						{heatmap && isOfBands(heatmap) && <BandTable heatmap={heatmap} />}
						{heatmap && heatmap.elements.length > 0 && !isOfBands(heatmap) && (
							<ElementTable {...{ heatmap, absent, pointed, selected }} onSelect={select} />
						)}
						{heatmap && heatmap.elements.length === 0 && !isOfBands(heatmap) && !map.isAbsent && (
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

/** On a phone the map comes first; what narrows it is a press away. */
function MoreOptions({ isOpen }: { isOpen: Signal<boolean> }) {
	return (
		<button
			type="button"
			class="chip map-more"
			aria-expanded={isOpen.value}
			onClick={() => {
				isOpen.value = !isOpen.value;
			}}
		>
			Options
			<Icon name={isOpen.value ? "up" : "down"} />
		</button>
	);
}
