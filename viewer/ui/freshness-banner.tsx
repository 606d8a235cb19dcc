// Says when figures are behind what is stored, and since when.
import type { Freshness } from "../../protocol/api.ts";
import { formatClock, plural } from "./format.ts";
import { Icon } from "./icon.tsx";

export function FreshnessBanner({ freshness }: { freshness: Freshness }) {
	const lag = describeLag(freshness);
	if (lag === undefined) return null;
	return (
		<div class="banner" role="status">
			<Icon name="warn" />
			<p>{lag}</p>
		</div>
	);
}

/** undefined where nothing waits. */
export function describeLag({ state, waitingChunks, waitingSince }: Freshness): string | undefined {
	if (state === "current") return undefined;
	const since = waitingSince > 0 ? ` recorded since ${formatClock(waitingSince)}` : "";
	const wait = waitingChunks === 1 ? "waits" : "wait";
	return `Figures lag: ${plural(waitingChunks, "chunk")}${since} ${wait} to be counted. Nothing is lost.`;
}
