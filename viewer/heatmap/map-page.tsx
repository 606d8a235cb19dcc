// The map of one page: which question, for whom, at which width; alone or beside another.
import { type Signal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { formatRoute } from "../routes.ts";
import { Icon } from "../ui/icon.tsx";
import { useKeys } from "../ui/keys.ts";
import { CompareMaps } from "./compare-maps.tsx";
import { MapKinds, titleOf } from "./map-kinds.tsx";
import { changeView, kindOf, type MapView, rampOf } from "./map-view.ts";
import { SingleMap } from "./single-map.tsx";
import type { MapRoute } from "./use-map.ts";

export type MapChange = { width?: number; group?: string } & { view?: MapView };

interface MapPageProps {
	site: Site;
	route: MapRoute;
}

export function MapPage({ site, route }: MapPageProps) {
	const { navigation } = useApp();
	const counts = useSignal(true);
	const drawing = useSignal(false);
	const kind = kindOf(route.view);
	const isCompared = route.view?.versus !== undefined;
	const change = ({ view, ...rest }: MapChange) => {
		const { view: before, ...place } = route;
		const next = view === undefined ? before : changeView(before, view);
		navigation.replace({ ...place, ...rest, ...(next !== undefined && { view: next }) });
	};
	useMapKeys({
		counts,
		drawing: isCompared ? undefined : drawing,
		onCompare: () => change({ view: { versus: isCompared ? "" : "on=1" } }),
	});
	const screen = { site, route, counts, onChange: change, ramp: rampOf(route.view) };
	return (
		<div class="screen map">
			<div class="map-head">
				<div>
					<a class="crumb" href={formatRoute({ name: "heatmaps", site: site.id })}>
						<Icon name="left" size={14} />
						Heatmaps
					</a>
					<h1>
						{titleOf(kind)} <span class="path">{route.page}</span>
					</h1>
				</div>
				<MapKinds kind={kind} onPick={(picked) => change({ view: { kind: picked } })} />
			</div>
			{isCompared ? <CompareMaps {...screen} /> : <SingleMap {...screen} drawing={drawing} />}
		</div>
	);
}

interface MapKeys {
	counts: Signal<boolean>;
	/** undefined where no zones are drawn. */
	drawing: Signal<boolean> | undefined;
	onCompare: () => void;
}

function useMapKeys({ counts, drawing, onCompare }: MapKeys): void {
	const keys = useMemo(() => {
		const turn = (signal: Signal<boolean>) => () => {
			signal.value = !signal.value;
		};
		return [
			{ keys: ["c"], does: "Show or hide the counts", run: turn(counts) },
			{ keys: ["v"], does: "Compare with another map, or stop", run: onCompare },
			...(drawing ? [{ keys: ["z"], does: "Draw a zone, or stop", run: turn(drawing) }] : []),
		];
	}, [counts, drawing, onCompare]);
	useKeys(keys);
}
