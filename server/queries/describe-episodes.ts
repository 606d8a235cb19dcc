// Episodes as the read API tells them.
import type { Episode, Friction } from "../../protocol/api.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import { PREROLL_MS, SESSION_SHARE } from "../../signals/thresholds.ts";
import type { ToldSignal } from "../index/episode-rows.ts";
import type { SessionEpisodes, StoredEpisode } from "./episodes.ts";

/** @param of undefined where nothing is known of a session yet */
export function describeFriction(of: SessionEpisodes | undefined): Friction {
	const { isProvisional = true, episodes = [] } = of ?? {};
	const worst = episodes.toSorted((a, b) => b.severity - a.severity || a.at - b.at)[0];
	const [signal] = worst === undefined ? [] : parseSignals(worst);
	return {
		...{ score: sumFriction(episodes), episodes: episodes.length, provisional: isProvisional },
		...{ class: worst?.class ?? "", page: worst?.page ?? "", sentence: signal?.sentence ?? "" },
	};
}

/** @param startedAt of the session, epoch ms */
export function describeEpisode(episode: StoredEpisode, startedAt: number): Episode {
	const since = (at: number) => Math.max(0, at - startedAt);
	const { tab, severity, page, path, detectors, element_key: key, text, role, tag } = episode;
	const signals = parseSignals(episode);
	return {
		...{ at: since(episode.at), until: since(episode.until), tab, severity, page, path, detectors },
		...{ replayAt: since(episode.at - PREROLL_MS), class: episode.class },
		sentence: signals[0]?.sentence ?? "",
		element: { key, text, role, tag, candidates: listCandidates(episode) },
		signals: signals.map((signal) => ({ ...signal, at: since(signal.at) })),
	};
}

/** 0 to 100: no episode counts in full, since one terrible moment is not the whole visit. */
export function sumFriction(episodes: readonly Pick<StoredEpisode, "severity">[]): number {
	const left = episodes.reduce((rest, { severity }) => rest * (1 - SESSION_SHARE * severity), 1);
	return Math.round(1000 * (1 - left)) / 10;
}

function parseSignals({ signals }: StoredEpisode): ToldSignal[] {
	return JSON.parse(signals) as ToldSignal[];
}

function listCandidates({ candidates }: StoredEpisode): string[][] {
	const parsed = candidates === "" ? [] : (parseCandidates(JSON.parse(candidates)) ?? []);
	return parsed.map((one) => [...one]);
}
