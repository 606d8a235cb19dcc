// The keys of the player, as people know them from other players.
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { type KeyBinding, useKeys } from "../ui/keys.ts";
import { findNeighbour, type Marker } from "./find-marker.ts";
import { type Playback, SPEEDS } from "./playback.ts";

const STEP_MS = 5000;
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

export function usePlayerKeys(
	playback: Playback | undefined,
	markers: readonly Marker[],
	copyLink: RefObject<HTMLButtonElement | null>,
): void {
	const keys = useMemo(
		() => (playback === undefined ? [] : createPlayerKeys(playback, markers, copyLink)),
		[playback, markers, copyLink],
	);
	useKeys(keys);
	useEffect(() => {
		document.addEventListener("click", giveKeysBack);
		return () => document.removeEventListener("click", giveKeysBack);
	}, []);
}

/** After a press with a pointer the space bar plays again, instead of pressing the same button. */
function giveKeysBack({ detail, target }: MouseEvent): void {
	const button = target instanceof Element ? target.closest("button") : null;
	if (detail > 0) button?.blur();
}

function createPlayerKeys(
	playback: Playback,
	markers: readonly Marker[],
	copyLink: RefObject<HTMLButtonElement | null>,
): KeyBinding[] {
	const { timeMs, durationMs, skipInactive } = playback;
	const step = (by: number) => playback.seek(timeMs.peek() + by);
	const jump = (way: "next" | "previous") => {
		const marker = findNeighbour(markers, timeMs.peek(), way);
		if (marker !== undefined) playback.seek(marker.at);
	};
	return [
		{ keys: [" ", "k"], does: "Play or pause", run: playback.toggle },
		{ keys: ["ArrowLeft"], does: "5 seconds back", run: () => step(-STEP_MS) },
		{ keys: ["ArrowRight"], does: "5 seconds on", run: () => step(STEP_MS) },
		{
			keys: ["shift+ArrowLeft"],
			does: "To the page or press before",
			run: () => jump("previous"),
		},
		{ keys: ["shift+ArrowRight"], does: "To the next page or press", run: () => jump("next") },
		{
			keys: DIGITS,
			shown: ["0", "…", "9"],
			does: "To 0 % … 90 %",
			run: ({ key }) => playback.seek((Number(key) / 10) * durationMs),
		},
		{ keys: ["Home"], does: "To the beginning", run: () => playback.seek(0) },
		{ keys: ["End"], does: "To the end", run: () => playback.seek(durationMs) },
		{ keys: ["<"], does: "Slower", run: () => changeSpeed(playback, -1) },
		{ keys: [">"], does: "Faster", run: () => changeSpeed(playback, 1) },
		{
			keys: ["i"],
			does: "Skip inactivity or not",
			run: () => {
				skipInactive.value = !skipInactive.value;
			},
		},
		{
			keys: ["y"],
			does: "Copy a link to this moment",
			run: () => copyLink.current?.click(),
		},
	];
}

function changeSpeed({ speed, setSpeed }: Playback, by: 1 | -1): void {
	const next = SPEEDS[SPEEDS.indexOf(speed.peek()) + by];
	if (next !== undefined) setSpeed(next);
}
