// Says when figures are behind what is stored, and since when.
import type { Freshness } from "../../protocol/api.ts";
import { formatClock, plural } from "./format.ts";
import { Icon } from "./icon.tsx";

export function FreshnessBanner({ freshness }: { freshness: Freshness }) {
	if (freshness.state === "current") return null;
	const { waitingChunks, waitingSince } = freshness;
	const since = waitingSince > 0 ? ` recorded since ${formatClock(waitingSince)}` : "";
	const wait = waitingChunks === 1 ? "waits" : "wait";
	return (
		<div class="banner" role="status">
			<Icon name="warn" />
			<p>
				Figures lag: {plural(waitingChunks, "chunk")}
				{since} {wait} to be counted. Nothing is lost.
			</p>
		</div>
	);
}
