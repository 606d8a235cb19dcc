// Which markers are worth a line.
import type { Marker } from "./find-marker.ts";

/**
 * Every page that is left for the next one says so; only the last one of a tab tells something.
 * @param markers in the order of their times
 */
export function listHappenings(markers: readonly Marker[]): Marker[] {
	const lastPage = new Map<string, number>();
	for (const { kind, tab, at } of markers) if (kind === "page") lastPage.set(tab, at);
	return markers.filter(
		({ kind, detail, tab, at }) =>
			kind !== "leave" || detail !== "unload" || at >= (lastPage.get(tab) ?? 0),
	);
}
