// The zones of a map over the page, and the rectangle that makes another: drawn with a pointer, or put and
// sized with the arrow keys.
import type { Signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Heatmap } from "../../protocol/api.ts";
import { px } from "../ui/px.ts";
import type { ShownStage } from "./map-stage.tsx";
import type { Box } from "./place-element.ts";
import { usePlaces } from "./use-known.ts";
import { boundsOf, boxBetween, findInRectangle, type Zone, type ZoneCandidate } from "./zones.ts";

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

/** Of its elements that are on the page as it is shown. */
function boxesOf({ elements }: Zone, places: readonly ZoneCandidate[]): Box[] {
	const wanted = new Set(elements);
	return places.filter(({ id }) => wanted.has(id)).map(({ box }) => box);
}

interface ZoneMarkProps {
	name: string;
	/** Pixels of the screen. */
	boxes: readonly Box[];
	isPointed: boolean;
}

const AROUND_PX = 5;
/** Height of a zone's name. */
const NAME_PX = 20;

function ZoneMark({ name, boxes, isPointed }: ZoneMarkProps) {
	const bounds = boundsOf(boxes);
	if (bounds === undefined) return null;
	const { x, y, width, height } = bounds;
	const around = { x: x - AROUND_PX, y: y - AROUND_PX };
	const frame = { ...around, width: width + 2 * AROUND_PX, height: height + 2 * AROUND_PX };
	return (
		<div
			class="zone-mark"
			data-pointed={isPointed || undefined}
			data-high={frame.y < NAME_PX || undefined}
			style={styleOf(frame)}
		>
			<span class="zone-name">{name}</span>
			{boxes.map((box, at) => (
				<i key={at} style={styleOf({ ...box, x: box.x - frame.x, y: box.y - frame.y })} />
			))}
		</div>
	);
}

interface DrawLayerProps {
	stage: ShownStage;
	isReady: boolean;
	drawing: Signal<boolean>;
	/** A rectangle in pixels of the page, as it is scrolled. @returns whether anything lies in it */
	onDraw: (rectangle: Box) => boolean;
}

const STEP_PX = 16;
const HOW = "Drag over what belongs together, or use the arrow keys. Esc ends.";

function DrawLayer({ stage: { room, scale }, isReady, drawing, onDraw }: DrawLayerProps) {
	const layer = useRef<HTMLDivElement>(null);
	const from = useRef<{ x: number; y: number } | undefined>(undefined);
	const [box, setBox] = useState<Box | undefined>(undefined);
	const [hint, setHint] = useState(HOW);
	useEffect(() => layer.current?.focus({ preventScroll: true }), []);
	const end = () => {
		drawing.value = false;
	};
	const finish = (drawn: Box | undefined) => {
		from.current = undefined;
		setBox(undefined);
		if (drawn === undefined || !isReady) return;
		if (onDraw(enlarge(drawn, 1 / scale))) end();
		else setHint("Nothing that was seen or pressed lies in there.");
	};
	return (
		<div
			ref={layer}
			class="zone-draw"
			data-ready={isReady || undefined}
			role="application"
			aria-label="Draw a zone: drag a rectangle, or move it with the arrow keys, size it with shift and the arrow keys, and press Enter"
			// biome-ignore lint/a11y/noNoninteractiveTabindex: keys draw as well
			tabIndex={0}
			onPointerDown={(event) => {
				event.currentTarget.setPointerCapture(event.pointerId);
				from.current = pointOf(event);
				setBox(undefined);
			}}
			onPointerMove={(event) => {
				if (from.current) setBox(boxBetween(from.current, pointOf(event)));
			}}
			onPointerUp={(event) => {
				if (from.current) finish(boxBetween(from.current, pointOf(event)));
			}}
			onPointerCancel={() => {
				from.current = undefined;
				setBox(undefined);
			}}
			onKeyDown={(event) => {
				const isDone = event.key === "Enter" || event.key === " ";
				const moved = moveBox(box ?? middleOf(room), event);
				if (event.key === "Escape") end();
				else if (isDone && box) finish(box);
				else if (moved) setBox(moved);
				else return;
				event.preventDefault();
				event.stopPropagation();
			}}
		>
			{box && <div class="zone-rectangle" style={styleOf(box)} />}
			<p class="zone-hint" role="status">
				{isReady ? hint : "Looking what is on the page…"}
			</p>
		</div>
	);
}

function pointOf({ currentTarget, clientX, clientY }: PointerEvent): { x: number; y: number } {
	const { left, top } = (currentTarget as Element).getBoundingClientRect();
	return { x: clientX - left, y: clientY - top };
}

const middleOf = ({ width, height }: { width: number; height: number }): Box => ({
	...{ x: width * 0.35, y: height * 0.35 },
	...{ width: width * 0.3, height: height * 0.2 },
});

const ARROWS: Readonly<Record<string, readonly [across: number, down: number]>> = {
	ArrowLeft: [-STEP_PX, 0],
	ArrowRight: [STEP_PX, 0],
	ArrowUp: [0, -STEP_PX],
	ArrowDown: [0, STEP_PX],
};

/** @returns undefined for other keys */
function moveBox(box: Box, { key, shiftKey }: KeyboardEvent): Box | undefined {
	const [across, down] = ARROWS[key] ?? [];
	if (across === undefined || down === undefined) return undefined;
	if (!shiftKey) return { ...box, x: box.x + across, y: box.y + down };
	const [width, height] = [box.width + across, box.height + down];
	return { ...box, width: Math.max(STEP_PX, width), height: Math.max(STEP_PX, height) };
}

const enlarge = ({ x, y, width, height }: Box, by: number): Box => ({
	...{ x: x * by, y: y * by, width: width * by, height: height * by },
});

const styleOf = ({ x, y, width, height }: Box) => ({
	...{ left: px(x), top: px(y), width: px(width), height: px(height) },
});
