// The keys of the player, as people know them from other players.
import type { RefObject } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Episode } from "../../protocol/api.ts";
import { type KeyBinding, useKeys } from "../ui/keys.ts";
import { findNextEpisode } from "./find-episode.ts";
import { findNeighbour, type Marker } from "./find-marker.ts";
import { type Player, SPEEDS } from "./player.ts";

const STEP_MS = 5000;
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

interface KeyTargets {
	markers: readonly Marker[];
	episodes: readonly Episode[];
	copyLink: RefObject<HTMLButtonElement | null>;
}

export function usePlayerKeys(
	player: Player | undefined,
	{ markers, episodes, copyLink }: KeyTargets,
): void {
	const keys = useMemo(
		() => (player === undefined ? [] : createPlayerKeys(player, { markers, episodes, copyLink })),
		[player, markers, episodes, copyLink],
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
	player: Player,
	{ markers, episodes, copyLink }: KeyTargets,
): KeyBinding[] {
	const { timeMs, durationMs, skipInactive } = player;
	const step = (by: number) => player.seek(timeMs.peek() + by);
	const jump = (way: "next" | "previous") => {
		const marker = findNeighbour(markers, timeMs.peek(), way);
		if (marker !== undefined) player.seek(marker.at);
	};
	const jumpToTrouble = (way: "next" | "previous") => {
		const episode = findNextEpisode(episodes, timeMs.peek(), way);
		if (episode !== undefined) player.seek(episode.replayAt);
	};
	return [
		{ keys: [" ", "k"], does: "Play or pause", run: player.toggle },
		{ keys: ["ArrowLeft"], does: "5 seconds back", run: () => step(-STEP_MS) },
		{ keys: ["ArrowRight"], does: "5 seconds on", run: () => step(STEP_MS) },
		{
			keys: ["shift+ArrowLeft"],
			does: "To the page or press before",
			run: () => jump("previous"),
		},
		{ keys: ["shift+ArrowRight"], does: "To the next page or press", run: () => jump("next") },
		{ keys: ["e"], does: "To the next friction", run: () => jumpToTrouble("next") },
		{ keys: ["E"], does: "To the friction before", run: () => jumpToTrouble("previous") },
		{
			keys: DIGITS,
			shown: ["0", "…", "9"],
			does: "To 0 % … 90 %",
			run: ({ key }) => player.seek((Number(key) / 10) * durationMs.peek()),
		},
		{ keys: ["Home"], does: "To the beginning", run: () => player.seek(0) },
		{ keys: ["End"], does: "To the end", run: () => player.seek(durationMs.peek()) },
		{ keys: ["<"], does: "Slower", run: () => changeSpeed(player, -1) },
		{ keys: [">"], does: "Faster", run: () => changeSpeed(player, 1) },
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

function changeSpeed({ speed, setSpeed }: Player, by: 1 | -1): void {
	const next = SPEEDS[SPEEDS.indexOf(speed.peek()) + by];
	if (next !== undefined) setSpeed(next);
}
