// The element that an episode is about, outlined on the replayed page from some seconds before until it is
// over. Found by its key, as maps find elements; where it is not on the page, nothing is drawn.
import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Episode } from "../../protocol/api.ts";
import { findElement } from "../heatmap/resolve.ts";
import { nameSignal } from "../ui/signal-words.ts";
import { findCurrentEpisode } from "./find-episode.ts";
import type { Player } from "./player.ts";

interface EpisodeOutlineProps {
	episodes: readonly Episode[];
	player: Player;
	stageRoot: RefObject<HTMLElement | null>;
}

/** CSS px around the element. */
const ROOM = 4;

export function EpisodeOutline({ episodes, player, stageRoot }: EpisodeOutlineProps) {
	const outline = useRef<HTMLDivElement>(null);
	useEffect(() => {
		let frame = 0;
		const draw = (episode: Episode | undefined) => {
			cancelAnimationFrame(frame);
			place(outline.current, episode && findBox(stageRoot.current, episode), episode);
			// The page scrolls and changes behind the time, also while it stands still.
			if (episode !== undefined) frame = requestAnimationFrame(() => draw(episode));
		};
		const stop = effect(() => draw(findCurrentEpisode(episodes, player.timeMs.value)));
		return () => {
			stop();
			cancelAnimationFrame(frame);
		};
	}, [episodes, player, stageRoot]);
	return <div class="episode-outline" ref={outline} hidden aria-hidden="true" />;
}

function place(
	outline: HTMLElement | null,
	box: DOMRect | undefined,
	episode: Episode | undefined,
): void {
	if (outline === null) return;
	outline.hidden = box === undefined;
	if (box === undefined || episode === undefined) return;
	outline.dataset.label = nameSignal(episode.class);
	const { left, top, width, height } = box;
	outline.style.transform = `translate(${left - ROOM}px,${top - ROOM}px)`;
	outline.style.width = `${width + 2 * ROOM}px`;
	outline.style.height = `${height + 2 * ROOM}px`;
}

function findBox(stage: HTMLElement | null, { element }: Episode): DOMRect | undefined {
	const frames = [...(stage?.querySelectorAll("iframe") ?? [])];
	const shown = frames.find((frame) => frame.checkVisibility?.() !== false);
	const document = shown?.contentDocument;
	if (document == null || element.candidates.length === 0) return undefined;
	const found = findElement(
		element.candidates,
		(selector) => document.querySelectorAll(selector),
		() => true,
	);
	if (!("element" in found)) return undefined;
	const box = found.element.getBoundingClientRect();
	return box.width > 0 && box.height > 0 ? box : undefined;
}
