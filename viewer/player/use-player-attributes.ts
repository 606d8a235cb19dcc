// The player's state as attributes of its element: what styles and tests go by. Written past the
// renderer, because the time changes with every frame.
import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Playback } from "./playback.ts";
import type { EventsState } from "./use-events.ts";

export function usePlayerAttributes(
	root: RefObject<HTMLElement | null>,
	playback: Playback | undefined,
	events: EventsState["state"],
): void {
	useEffect(
		() =>
			effect(() => {
				const element = root.current;
				if (element === null) return;
				const shown = events === "loaded" ? "loading" : events;
				element.dataset.state = playback?.state.value ?? shown;
				element.dataset.timeMs = String(Math.round(playback?.timeMs.value ?? 0));
			}),
		[root, playback, events],
	);
}
