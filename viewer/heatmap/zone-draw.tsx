// The rectangle that makes a zone: drawn with a pointer, or put and sized with the arrow keys.
import type { Signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { boxStyle } from "./map-boxes.tsx";
import type { ShownStage } from "./map-stage.tsx";
import type { Box } from "./place-element.ts";
import { boxBetween, enlarge } from "./zones.ts";

interface DrawLayerProps {
	stage: ShownStage;
	isReady: boolean;
	drawing: Signal<boolean>;
	/** A rectangle in pixels of the page, as it is scrolled. @returns whether anything lies in it */
	onDraw: (rectangle: Box) => boolean;
}

const STEP_PX = 16;
const HOW = "Drag over what belongs together, or use the arrow keys. Esc ends.";

export function DrawLayer({ stage: { room, scale }, isReady, drawing, onDraw }: DrawLayerProps) {
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
			{box && <div class="zone-rectangle" style={boxStyle(box)} />}
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
