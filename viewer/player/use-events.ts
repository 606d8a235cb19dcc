// The events of a session, or of one of its tabs, with the progress of their loading.
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Manifest, ReplayEvent } from "../../protocol/api.ts";
import type { ApiError } from "../api.ts";
import { useApp } from "../context.ts";
import { isPassing, RETRY_MS } from "../ui/is-passing.ts";
import { hasSnapshot } from "./shown-instant.ts";

export type EventsState =
	| { state: "loading"; readBytes: number; totalBytes: number }
	| { state: "loaded"; events: ReplayEvent[] }
	| { state: "empty" }
	| { state: "failed"; error: ApiError };

/**
 * @param manifest a new one asks again; what is shown stays until the answer is there
 * @param tab "" for whichever was active
 */
export function useEvents(
	site: string,
	manifest: Manifest,
	tab: string,
): [EventsState, () => void] {
	const { api } = useApp();
	const [events, setEvents] = useState<EventsState>({
		state: "loading",
		readBytes: 0,
		totalBytes: 0,
	});
	const [round, setRound] = useState(0);
	const again = useCallback(() => setRound((value) => value + 1), []);
	useEffect(() => {
		const stop = new AbortController();
		const onProgress = (readBytes: number, totalBytes: number) =>
			setEvents((before) =>
				before.state === "loaded" ? before : { state: "loading", readBytes, totalBytes },
			);
		let timer: ReturnType<typeof setTimeout> | undefined;
		const options = { signal: stop.signal, onProgress };
		api.readEvents(site, manifest.session.id, { tab }, options).then((result) => {
			if (stop.signal.aborted) return;
			if (!result.ok) {
				setEvents({ state: "failed", error: result.error });
				if (isPassing(result.error)) timer = setTimeout(again, RETRY_MS);
			} else if (!hasSnapshot(result.value)) setEvents({ state: "empty" });
			else setEvents({ state: "loaded", events: result.value });
		});
		return () => {
			clearTimeout(timer);
			stop.abort();
		};
	}, [api, site, manifest, tab, round, again]);
	return [events, again];
}
