// The facts of one session → its episodes, a row each. Pure, and used for sessions that are written down as for
// those that go on, whose episodes are provisional: what comes later can change them.
import type { Baselines } from "../../signals/baselines.ts";
import { type Detected, detect } from "../../signals/detect.ts";
import type { Episode } from "../../signals/episode.ts";
import { explain } from "../../signals/explain.ts";
import type { Signal } from "../../signals/signal.ts";
import { createHeatKeys } from "./heat-keys.ts";
import { findBegin, listVariants, nameView } from "./heat-views.ts";
import type { IndexedSession } from "./indexed-session.ts";
import { restoreFacts } from "./restore-facts.ts";

/** What a session can have; a page that errs at every press fills no table. */
const MOST_EPISODES = 500;
const MOST_SIGNALS = 20;

export interface EpisodeRow {
	site: number;
	page: string;
	class: string;
	/** When the session began. */
	began: number;
	day: string;
	session: string;
	view: string;
	tab: string;
	at: number;
	until: number;
	stream: string;
	element: number;
	key: string;
	element_key: string;
	/** JSON, "" where its definition is lost. */
	candidates: string;
	text: string;
	role: string;
	tag: string;
	viewport_width: number;
	severity: number;
	/** JSON of `ToldSignal[]`. */
	signals: string;
	detectors: string;
	/** Name of what was usual when it was judged, "" for nothing. */
	baselines: string;
	path: string;
	browser: string;
	os: string;
	device: string;
	language: string;
	automated: number;
	variants: string[];
}

/** A signal as it is told to people. */
export interface ToldSignal {
	kind: string;
	at: number;
	sentence: string;
	numbers: Readonly<Record<string, number>>;
}

export function detectIn(session: IndexedSession, baselines: Baselines): Detected {
	return detect(restoreFacts(session), baselines);
}

export function createEpisodeRows(
	session: IndexedSession,
	{ detectors, baselines, episodes }: Detected,
): EpisodeRow[] {
	const { hashOf } = createHeatKeys(session);
	const places = findPlaces(session);
	const variants = listVariants(session.facts);
	const candidates = new Map(
		session.elements.map((one) => [`${one.stream} ${one.element}`, one.candidates]),
	);
	const began = findBegin(session.facts);
	const { site, day, session: id, browser, os, device, language, automated } = session;
	return episodes.slice(0, MOST_EPISODES).map((episode) => {
		const { view, element } = episode;
		const place = places.get(`${view.stream} ${view.number}`) ?? { path: "", width: 0 };
		return {
			...{ site, day, session: id, began, browser, os, device, language, automated },
			...{ detectors, baselines },
			...{ page: view.page, class: episode.kind, tab: view.tab, stream: view.stream },
			...{ view: nameView(view.stream, view.number), at: episode.at, until: episode.to },
			...{ element: element?.number ?? 0, element_key: element?.key ?? "" },
			candidates: candidates.get(`${view.stream} ${element?.number}`) ?? "",
			key: element === undefined ? "0" : hashOf(view.stream, element.number),
			...{ text: element?.text ?? "", role: element?.role ?? "", tag: element?.tag ?? "" },
			...{ viewport_width: place.width, path: place.path },
			// In the digits that the index keeps, so that it is the same before it is written.
			severity: Math.round(episode.severity * 1000) / 1000,
			...{ signals: JSON.stringify(tell(episode)), variants },
		};
	});
}

/** The one that the episode is named after first. */
function tell({ kind, signals }: Episode): ToldSignal[] {
	const named = signals.find((signal) => signal.kind === kind);
	const others = signals.filter((signal) => signal !== named);
	return [...(named === undefined ? [] : [named]), ...others]
		.slice(0, MOST_SIGNALS)
		.map(tellSignal);
}

function tellSignal(signal: Signal): ToldSignal {
	const { kind, at, numbers } = signal;
	return { kind, at, sentence: explain(signal), numbers };
}

function findPlaces({ facts }: IndexedSession): Map<string, { path: string; width: number }> {
	const places = new Map<string, { path: string; width: number }>();
	for (const { stream, view, path, viewport_width } of facts) {
		const name = `${stream} ${view}`;
		const known = places.get(name) ?? { path: "", width: 0 };
		places.set(name, { path: known.path || path, width: known.width || viewport_width });
	}
	return places;
}
