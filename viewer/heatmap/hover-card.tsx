// What is known of the element that is pointed at, in a few words beside it; a press on it opens the rest.
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { formatCount, formatPercent, formatRange, plural } from "../ui/format.ts";
import { px } from "../ui/px.ts";
import type { ShownStage } from "./map-stage.tsx";
import { nameElement } from "./name-element.ts";
import { placeCard } from "./place-card.ts";
import { formatRatio, formatRatios } from "./slowness.ts";
import { rateOf } from "./weigh.ts";

const CARD = { width: 248, height: 112 };

interface HoverCardProps {
	stage: ShownStage;
	/** Key of an element. */
	pointed: string | undefined;
}

export function HoverCard({ stage, pointed }: HoverCardProps) {
	const { heatmap, placed, scale, room } = stage;
	const entries = placed.filter(({ element }) => element.key === pointed);
	// Pressed under several names, it is called by the one it was pressed by most.
	const [most] = entries.toSorted((a, b) => b.element.presses - a.element.presses);
	if (most === undefined) return null;
	const { element, box } = most;
	const onScreen = {
		...{ x: box.x * scale, y: box.y * scale },
		...{ width: box.width * scale, height: box.height * scale },
	};
	const spot = placeCard(onScreen, CARD, room);
	if (spot === undefined) return null;
	const [next] = element.next;
	return (
		<div
			class="hover-card"
			role="status"
			style={{
				...{ left: px(spot.left), top: px(spot.top) },
				...{ width: px(CARD.width), height: px(CARD.height) },
			}}
		>
			<b>{nameElement(element)}</b>
			<span>
				{plural(element.presses, "press", "presses")} in {plural(element.sessions, "session")}
			</span>
			<Figure heatmap={heatmap} element={element} />
			<span class="hover-next">
				{next === undefined ? (
					"No page after it"
				) : (
					<>
						Then mostly <span class="path">{next.page}</span>
					</>
				)}
			</span>
		</div>
	);
}

function Figure({ heatmap, element }: { heatmap: Heatmap; element: HeatmapElement }) {
	if (heatmap.kind === "hesitation") {
		const { hesitation } = element;
		if (hesitation === undefined) return <span>Fewer than 10 sessions took a time here</span>;
		return (
			<span>
				<strong>{formatRatio(hesitation.ratio)}</strong> ({formatRatios(hesitation)}) as long as at
				its like, {plural(hesitation.sessions, "session")}
			</span>
		);
	}
	const { part, whole, of, share, lower, upper } = rateOf(element, heatmap);
	return (
		<span>
			<strong>{formatPercent(share)}</strong> ({formatRange(lower, upper)}), {formatCount(part)} of{" "}
			{formatCount(whole)} {of}
		</span>
	);
}
