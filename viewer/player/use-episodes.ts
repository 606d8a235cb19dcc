// The episodes of a session, asked for beside its manifest: the picture does not wait for them. While a visit
// goes on they are asked for again with each new manifest, and those of before stand meanwhile.
import { useCallback, useRef } from "preact/hooks";
import type { Episode, Manifest, SessionEpisodes } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { type AnswerState, useAnswer } from "../ui/use-answer.ts";

const NONE: readonly Episode[] = [];

export function useEpisodes(
	site: string,
	manifest: Manifest,
): [answer: AnswerState<SessionEpisodes>, episodes: readonly Episode[]] {
	const { api } = useApp();
	const ask = useCallback(
		(stop: AbortSignal) => api.readEpisodes(site, manifest.session.id, stop),
		[api, site, manifest],
	);
	const [answer] = useAnswer(ask);
	const last = useRef(answer);
	if (answer.state !== "waiting") last.current = answer;
	const shown = last.current;
	return [shown, shown.state === "answered" ? shown.value.episodes : NONE];
}
