// Episodes as the read API tells them.
import type { Episode, Friction } from "../../protocol/api.ts";
import { parseCandidates } from "../../protocol/parse-element-key.ts";
import { PREROLL_MS, SESSION_SHARE } from "../../signals/thresholds.ts";
import type { ToldSignal } from "../index/episode-rows.ts";
import type { SessionEpisodes, StoredEpisode } from "./episodes.ts";

/**
 * @param of undefined where nothing is known of a session yet
 * @param startedAt of the session, epoch ms
 * @param fits which of its episodes are asked for: only those are told of
 */
export function describeFriction(
	of: SessionEpisodes | undefined,
	startedAt: number,
	fits: (episode: StoredEpisode) => boolean = () => true,
): Friction {
	const { isProvisional = true } = of ?? {};
	const episodes = of?.episodes.filter(fits) ?? [];
	const [worst] = episodes.toSorted((a, b) => b.severity - a.severity || a.at - b.at);
	const [signal] = worst === undefined ? [] : tellSignals(worst);
	return {
		...{ score: sumFriction(episodes), episodes: episodes.length, provisional: isProvisional },
		...{ class: worst?.class ?? "", page: worst?.page ?? "", sentence: signal?.sentence ?? "" },
		replayAt: worst === undefined ? 0 : Math.max(0, worst.at - PREROLL_MS - startedAt),
	};
}

/** @param startedAt of the session, epoch ms */
export function describeEpisode(episode: StoredEpisode, startedAt: number): Episode {
	const since = (at: number) => Math.max(0, at - startedAt);
	const { tab, severity, page, path, element_key: key, text, role, tag } = episode;
	const { detectors, baselines } = episode;
	const signals = tellSignals(episode);
	return {
		...{ at: since(episode.at), until: since(episode.until), tab, severity, page, path },
		...{ detectors, baselines },
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

/** What led to it, the one that it is named after first. */
export function tellSignals({ signals }: Pick<StoredEpisode, "signals">): ToldSignal[] {
	return JSON.parse(signals) as ToldSignal[];
}

export function listCandidates({ candidates }: Pick<StoredEpisode, "candidates">): string[][] {
	const parsed = candidates === "" ? [] : (parseCandidates(JSON.parse(candidates)) ?? []);
	return parsed.map((one) => [...one]);
}
