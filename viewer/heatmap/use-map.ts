// One map's answers: what was pressed, and the page to draw it on.
import { useCallback } from "preact/hooks";
import type { Backdrop, Heatmap } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import type { Route } from "../routes.ts";
import { type AnswerState, useAnswer } from "../ui/use-answer.ts";
import { usePatience } from "../ui/use-patience.ts";
import { createAsk, createBackdropAsk } from "./map-view.ts";

export type MapRoute = Route & { name: "heatmap" };

export interface MapAnswers {
	heatmap: AnswerState<Heatmap>;
	backdrop: AnswerState<Backdrop>;
	/** No picture of the page is stored, as far as is known. */
	isAbsent: boolean;
	patience: ReturnType<typeof usePatience>;
	askHeatmap: () => void;
	askBackdrop: () => void;
}

/** @param route undefined asks nothing */
export function useMap(site: string, route: MapRoute): MapAnswers {
	const { api } = useApp();
	// A new route object comes with every change of the address; what is asked may be the same.
	const question = JSON.stringify(createAsk(route, 0));
	const place = JSON.stringify(createBackdropAsk(route));
	const readHeatmap = useCallback(
		(stop: AbortSignal) => api.readHeatmap(site, createAsk(route, Date.now()), stop),
		[api, site, question],
	);
	const readBackdrop = useCallback(
		(stop: AbortSignal) => api.readBackdrop(site, createBackdropAsk(route), stop),
		[api, site, place],
	);
	const [heatmap, askHeatmap] = useAnswer(readHeatmap);
	const [backdrop, askBackdrop] = useAnswer(readBackdrop);
	const isAbsent = backdrop.state === "failed" && backdrop.error.status === 404;
	const patience = usePatience(
		isAbsent,
		useCallback(() => {
			askBackdrop();
			askHeatmap();
		}, [askBackdrop, askHeatmap]),
	);
	return { heatmap, backdrop, isAbsent, patience, askHeatmap, askBackdrop };
}

export const answerOf = <T>(answer: AnswerState<T>): T | undefined =>
	answer.state === "answered" ? answer.value : undefined;
