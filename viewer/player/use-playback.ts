// Builds the stage when the events are there, and takes it down when they change or the screen goes.
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Manifest } from "../../protocol/api.ts";
import { findInactivity, listActivity } from "./inactivity.ts";
import { createPlayback, type Playback } from "./playback.ts";
import { useRemembered } from "./remembered.ts";
import { createStage, type Size } from "./stage.ts";
import type { EventsState } from "./use-events.ts";

interface PlaybackInput {
	stageRoot: RefObject<HTMLElement | null>;
	manifest: Manifest;
	events: EventsState;
	/** Where to stand first, ms from the session's start. */
	at: number;
}

interface PlaybackOutput {
	playback: Playback | undefined;
	size: ReadonlySignal<Size>;
	/** Why the events cannot be played. */
	problem: string | undefined;
}

export function usePlayback({ stageRoot, manifest, events, at }: PlaybackInput): PlaybackOutput {
	const [playback, setPlayback] = useState<Playback | undefined>(undefined);
	const [problem, setProblem] = useState<string | undefined>(undefined);
	const size = useSignal<Size>({ width: 0, height: 0 });
	const skipInactive = useRemembered("snag-skip-inactive", true);
	const place = useRef({ timeMs: at, speed: 1, playing: false });
	useEffect(() => {
		const root = stageRoot.current;
		if (events.state !== "loaded" || root === null) return;
		let made: Playback | undefined;
		const { startedAt, durationMs } = manifest.session;
		const last = events.events.at(-1)?.timestamp ?? startedAt;
		const endsAt = Math.max(startedAt + durationMs, last);
		try {
			const stage = createStage({
				root,
				events: events.events,
				onResize: (next) => {
					size.value = next;
				},
				onEnd: () => made?.end(),
			});
			made = createPlayback({
				stage,
				startedAt,
				durationMs: endsAt - startedAt,
				inactivity: findInactivity(listActivity(events.events), startedAt, endsAt),
				skipInactive,
				speed: place.current.speed,
			});
			made.seek(place.current.timeMs);
			if (place.current.playing) made.toggle();
			setProblem(undefined);
		} catch (cause) {
			setProblem(cause instanceof Error ? cause.message : String(cause));
		}
		setPlayback(made);
		return () => {
			if (made === undefined) return;
			place.current = {
				timeMs: made.timeMs.peek(),
				speed: made.speed.peek(),
				playing: made.state.peek() === "playing",
			};
			made.destroy();
			setPlayback(undefined);
		};
	}, [events]);
	return { playback, size, problem };
}
