// The zones of a map over the page: each around its elements, wherever these stand at the width shown.
import type { Signal } from "@preact/signals";
import type { Heatmap } from "../../protocol/api.ts";
import { boxStyle } from "./map-boxes.tsx";
import type { ShownStage } from "./map-stage.tsx";
import type { Box } from "./place-element.ts";
import { usePlaces } from "./use-known.ts";
import { DrawLayer } from "./zone-draw.tsx";
import {
	boundsOf,
	boxesOf,
	enlarge,
	findInRectangle,
	ZONE_AROUND_PX,
	ZONE_NAME_PX,
	type Zone,
} from "./zones.ts";

interface ZoneLayerProps {
	stage: ShownStage;
	known: Heatmap | undefined;
	zones: readonly Zone[];
	/** Position of the zone that is pointed at in the list. */
	pointed: Signal<number | undefined>;
	drawing: Signal<boolean>;
	onDraw: (elements: readonly string[]) => void;
}

export function ZoneLayer({ stage, known, zones, pointed, drawing, onDraw }: ZoneLayerProps) {
	const places = usePlaces(known, stage.page, stage.scrolled);
	const draw = (rectangle: Box) => {
		const found = findInRectangle(rectangle, places ?? []);
		if (found.length > 0) onDraw(found);
		return found.length > 0;
	};
	return (
		<>
			{places && (
				<div class="zone-marks">
					{zones.map((zone, at) => (
						<ZoneMark
							key={`${at} ${zone.name}`}
							name={zone.name}
							boxes={boxesOf(zone, places).map((box) => enlarge(box, stage.scale))}
							isPointed={pointed.value === at}
						/>
					))}
				</div>
			)}
			{drawing.value && (
				<DrawLayer stage={stage} isReady={places !== undefined} drawing={drawing} onDraw={draw} />
			)}
		</>
	);
}

interface ZoneMarkProps {
	name: string;
	/** Pixels of the screen. */
	boxes: readonly Box[];
	isPointed: boolean;
}

function ZoneMark({ name, boxes, isPointed }: ZoneMarkProps) {
	const bounds = boundsOf(boxes);
	if (bounds === undefined) return null;
	const { x, y, width, height } = bounds;
	const around = { x: x - ZONE_AROUND_PX, y: y - ZONE_AROUND_PX };
	const frame = {
		...around,
		width: width + 2 * ZONE_AROUND_PX,
		height: height + 2 * ZONE_AROUND_PX,
	};
	return (
		<div
			class="zone-mark"
			data-pointed={isPointed || undefined}
			data-high={frame.y < ZONE_NAME_PX || undefined}
			style={boxStyle(frame)}
		>
			<span class="zone-name">{name}</span>
			{boxes.map((box, at) => (
				<i key={at} style={boxStyle({ ...box, x: box.x - frame.x, y: box.y - frame.y })} />
			))}
		</div>
	);
}
