// Outlines of the elements on the map and how often each was pressed; where the map is about elements and
// not about points, they are filled.
import type { Signal } from "@preact/signals";
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { formatCount, formatPercent } from "../ui/format.ts";
import { px } from "../ui/px.ts";
import { nameElement } from "./name-element.ts";
import type { Box } from "./place-element.ts";
import type { HollowElement, PlacedElement } from "./project.ts";
import { type RampName, rampColor } from "./ramp.ts";
import { positionOf } from "./scale.ts";
import { paintSlowness } from "./slowness.ts";
import { FEW, rateOf } from "./weigh.ts";

/** How a box is filled and what it says; without a colour it is an outline. */
export interface BoxPaint {
	color?: string;
	says: string;
	/** Taken over too few to be sure. */
	few: boolean;
}

interface MapBoxesProps {
	placed: readonly PlacedElement[];
	paint: (element: HeatmapElement) => BoxPaint;
	counts: Signal<boolean>;
	pointed: Signal<string | undefined>;
	selected: string | undefined;
	onSelect: (key: string) => void;
}

export function MapBoxes(props: MapBoxesProps) {
	const { placed, paint, counts, pointed, selected, onSelect } = props;
	// Large elements lie under the small ones inside them, so that each can be pointed at.
	const boxes = joinSamePlace(placed).sort((a, b) => areaOf(b.box) - areaOf(a.box));
	const holders = new Set(boxes.filter(({ box }, at) => holdsAny(box, boxes.slice(at + 1))));
	return (
		<>
			{boxes.map((entry) => {
				const { element, box } = entry;
				const { color: fill, says, few } = paint(element);
				// A filled container would colour what is in it, which has a rate of its own.
				const color = holders.has(entry) ? undefined : fill;
				const isPointed = pointed.value === element.key;
				return (
					<button
						type="button"
						// The table beside the map is its twin for keys.
						tabIndex={-1}
						aria-label={nameElement(element)}
						key={element.key}
						class="map-box"
						data-key={element.key}
						data-few={(few && !holders.has(entry)) || undefined}
						data-pointed={isPointed || selected === element.key || undefined}
						style={{ ...boxStyle(box), ...(color !== undefined && { background: color }) }}
						onPointerEnter={() => {
							pointed.value = element.key;
						}}
						onPointerLeave={() => {
							if (pointed.value === element.key) pointed.value = undefined;
						}}
						onClick={() => onSelect(element.key)}
					>
						{(counts.value || isPointed) && says !== "" && <span class="map-count">{says}</span>}
					</button>
				);
			})}
		</>
	);
}

/** What presses were made in that cannot be shown themselves. */
export function HollowBoxes({
	hollow,
	scrolled,
}: {
	hollow: readonly HollowElement[];
	scrolled: number;
}) {
	return (
		<>
			{hollow.map(({ element, box, pinned, presses }) => (
				<div
					key={`${element.key} ${element.text}`}
					class="map-hollow"
					title={`${nameElement(element)}: ${formatCount(presses)} in here, not shown`}
					style={boxStyle({ ...box, y: pinned ? box.y : box.y - scrolled })}
				/>
			))}
		</>
	);
}

/** Outlines for maps of points, filled boxes for what was seen and where it took long. */
export function paintByRate(
	heatmap: Heatmap,
	ramp: RampName,
): (element: HeatmapElement) => BoxPaint {
	if (heatmap.kind === "hesitation") return paintSlowness;
	return (element) => {
		const { share, whole } = rateOf(element, heatmap);
		const few = whole < FEW;
		if (heatmap.kind === "exposure") {
			return { color: rampColor(ramp, positionOf(share)), says: formatPercent(share), few };
		}
		return { says: element.count > 0 ? formatCount(element.count) : "", few };
	};
}

export const boxStyle = ({ x, y, width, height }: Box) => ({
	left: px(x),
	top: px(y),
	width: px(width),
	height: px(height),
});

function holdsAny(outer: Box, smaller: readonly SharedBox[]): boolean {
	return smaller.some(
		({ box }) =>
			box.x >= outer.x &&
			box.y >= outer.y &&
			box.x + box.width <= outer.x + outer.width &&
			box.y + box.height <= outer.y + outer.height,
	);
}

const areaOf = ({ width, height }: Box) => width * height;

interface SharedBox {
	element: HeatmapElement;
	box: Box;
}

/** A button whose text changes is pressed under several names: one box, which counts them all. */
function joinSamePlace(placed: readonly PlacedElement[]): SharedBox[] {
	const joined = new Map<string, SharedBox>();
	for (const { element, box } of placed) {
		const known = joined.get(element.key);
		if (known === undefined) joined.set(element.key, { element, box });
		else known.element = { ...known.element, count: known.element.count + element.count };
	}
	return [...joined.values()];
}
