// What is known of the element that is pointed at, in a few words beside it; a press on it opens the rest.
import { formatCount, formatPercent, formatRange, plural } from "../ui/format.ts";
import { px } from "../ui/px.ts";
import type { ShownStage } from "./map-stage.tsx";
import { nameElement } from "./name-element.ts";
import { placeCard } from "./place-card.ts";
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
	const { part, whole, of, share, lower, upper } = rateOf(element, heatmap);
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
			<span>
				<strong>{formatPercent(share)}</strong> ({formatRange(lower, upper)}), {formatCount(part)}{" "}
				of {formatCount(whole)} {of}
			</span>
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
