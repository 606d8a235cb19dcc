// The zones of a map as they stand in its address, and what it takes to draw another.
import { type Signal, useSignal } from "@preact/signals";
import type { Site } from "../../protocol/api.ts";
import type { MapChange } from "./map-page.tsx";
import { useKnown } from "./use-known.ts";
import type { MapRoute } from "./use-map.ts";
import { formatZones, nameNext, parseZones, type Zone } from "./zones.ts";

interface ZonesOf {
	site: Site;
	route: MapRoute;
	drawing: Signal<boolean>;
	onChange: (change: MapChange) => void;
}

export function useZones({ site, route, drawing, onChange }: ZonesOf) {
	const zones = parseZones(route.view?.zones);
	const known = useKnown(site, route, drawing.value || zones.length > 0);
	const pointed = useSignal<number | undefined>(undefined);
	const fresh = useSignal<number | undefined>(undefined);
	const change = (next: readonly Zone[]) => onChange({ view: { zones: formatZones(next) } });
	return {
		...{ zones, known, pointed, fresh, drawing },
		onChange: change,
		onDraw(elements: readonly string[]) {
			fresh.value = zones.length;
			change([...zones, { name: nameNext(zones), elements }]);
		},
	};
}
