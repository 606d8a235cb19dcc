// The player's state as attributes of its element: what styles and tests go by. Written past the
// renderer, because the time changes with every frame.
import { effect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Player } from "./player.ts";

export function usePlayerAttributes(
	root: RefObject<HTMLElement | null>,
	player: Player | undefined,
): void {
	useEffect(
		() =>
			effect(() => {
				const element = root.current;
				if (element === null) return;
				element.dataset.state = player === undefined ? "loading" : describeState(player);
				element.dataset.verdict = player?.verdict.value.is ?? "loading";
				element.dataset.tab = player?.tab.value ?? "";
				element.dataset.timeMs = String(Math.round(player?.timeMs.value ?? 0));
			}),
		[root, player],
	);
}

/** One word for what one sees: `seeking` while the picture is still that of another instant. */
function describeState({ verdict, intent, shown, ended }: Player): string {
	switch (verdict.value.is) {
		case "loading":
			return shown.value ? "seeking" : "loading";
		case "unplayable":
			return verdict.value.message === "" ? "empty" : "failed";
		case "error":
			return "failed";
		case "gap":
		case "damaged":
		case "ready":
			if (ended.value) return "ended";
			return intent.value === "playing" ? "playing" : "ready";
	}
}
