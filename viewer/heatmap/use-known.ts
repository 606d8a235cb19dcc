// All elements of a page that are known, pressed or not, where they stand in the rebuilt page: what zones can
// be made of. A map of presses has only what was pressed, so what was seen is asked for.
import { useCallback, useMemo } from "preact/hooks";
import type { Heatmap, Site } from "../../protocol/api.ts";
import type { Result } from "../api.ts";
import { useApp } from "../context.ts";
import { useAnswer } from "../ui/use-answer.ts";
import type { BuiltPage } from "./backdrop.ts";
import { createAsk } from "./map-view.ts";
import { intersect } from "./place-element.ts";
import type { PlacedElement } from "./project.ts";
import { placeAt, projectOn } from "./read-map.ts";
import { answerOf, type MapRoute } from "./use-map.ts";
import type { ZoneCandidate } from "./zones.ts";

const NEVER = new Promise<never>(() => {});

/** @param isWanted nothing is asked before it is */
export function useKnown(site: Site, route: MapRoute, isWanted: boolean): Heatmap | undefined {
	const { api } = useApp();
	const question = JSON.stringify({ ...createAsk(route, 0), kind: "exposure" });
	const read = useCallback(
		(stop: AbortSignal): Promise<Result<Heatmap>> => {
			if (!isWanted) return NEVER;
			return api.readHeatmap(site.id, { ...createAsk(route, Date.now()), kind: "exposure" }, stop);
		},
		[api, site.id, question, isWanted],
	);
	const [answer] = useAnswer(read);
	return isWanted ? answerOf(answer) : undefined;
}

/** As the page is scrolled by `y`: boxes in pixels of the window that it is seen through. */
export function usePlaces(
	known: Heatmap | undefined,
	page: BuiltPage,
	y: number,
): ZoneCandidate[] | undefined {
	const placed = useMemo((): PlacedElement[] | undefined => {
		if (known === undefined) return undefined;
		const projection = projectOn(page, known.elements);
		page.scrollTo(y);
		return projection.placed;
		// Measured once: scrolling moves what was measured.
	}, [known, page]);
	return useMemo(() => placed && listPlaces(placed, page, y), [placed, page, y]);
}

/** Those that are seen with the page scrolled by `y`. */
export function listPlaces(
	placed: readonly PlacedElement[],
	page: BuiltPage,
	y: number,
): ZoneCandidate[] {
	return placeAt(placed, y, page).flatMap(({ element, box, clip }) => {
		const seen = intersect(clip, box);
		return seen.width > 0 && seen.height > 0 ? [{ id: element.id, box: seen }] : [];
	});
}
