// Outlines of the pressed elements, and how often each was pressed.
import type { Signal } from "@preact/signals";
import { formatCount } from "../ui/format.ts";
import { px } from "../ui/px.ts";
import { nameElement } from "./name-element.ts";
import type { PlacedElement } from "./project.ts";
import type { Box } from "./resolve.ts";

interface MapBoxesProps {
	placed: readonly PlacedElement[];
	counts: Signal<boolean>;
	pointed: Signal<string | undefined>;
}

export function MapBoxes({ placed, counts, pointed }: MapBoxesProps) {
	const boxes = joinSamePlace(placed);
	// Large elements lie under the small ones inside them, so that each can be pointed at.
	const ordered = boxes.sort((a, b) => areaOf(b.box) - areaOf(a.box));
	return (
		<>
			{ordered.map(({ element, box, presses }) => (
				<div
					key={element.key}
					class="map-box"
					data-key={element.key}
					data-pointed={pointed.value === element.key || undefined}
					style={boxStyle(box)}
					onPointerEnter={() => {
						pointed.value = element.key;
					}}
					onPointerLeave={() => {
						if (pointed.value === element.key) pointed.value = undefined;
					}}
				>
					{(counts.value || pointed.value === element.key) && (
						<span class="map-count">
							{formatCount(presses)}
							{pointed.value === element.key && <b>{nameElement(element)}</b>}
						</span>
					)}
				</div>
			))}
		</>
	);
}

const boxStyle = ({ x, y, width, height }: Box) => ({
	left: px(x),
	top: px(y),
	width: px(width),
	height: px(height),
});

const areaOf = ({ width, height }: Box) => width * height;

interface PressedBox extends Pick<PlacedElement, "element" | "box"> {
	presses: number;
}

/** A button whose text changes is pressed under several names: one box, which counts them all. */
function joinSamePlace(placed: readonly PlacedElement[]): PressedBox[] {
	const joined = new Map<string, PressedBox>();
	for (const { element, box } of placed) {
		const known = joined.get(element.key);
		if (known === undefined) joined.set(element.key, { element, box, presses: element.presses });
		else known.presses += element.presses;
	}
	return [...joined.values()];
}
