// The rebuilt page with the heat over it. The frame is a real viewport, so that `100vh` and fixed
// elements are as they were; scrolling moves the page inside the frame and the heat with it in the same
// handler, because a natively scrolled canvas would run ahead of the page by a frame.
//
//   scroller > spacer (document height) > window (sticky) > scaled: page | flow heat | pinned heat
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Backdrop, Heatmap } from "../../protocol/api.ts";
import type { Size } from "../player/stage.ts";
import { px } from "../ui/px.ts";
import { StateCard } from "../ui/state-card.tsx";
import { createHeat, type Heat } from "./draw.ts";
import { Legend } from "./legend.tsx";
import { MapBoxes } from "./map-boxes.tsx";
import type { PlacedElement } from "./project.ts";
import { type MapReading, placePinned, pointsOf, readMap, splitPinned } from "./read-map.ts";
import { type PageState, useBuiltPage } from "./use-built-page.ts";
import { chooseScale } from "./viewport.ts";

interface MapStageProps {
	heatmap: Heatmap | undefined;
	backdrop: Backdrop | undefined;
	/** The width asked for; what is shown may still be the one before. */
	width: number;
	counts: Signal<boolean>;
	/** Key of the element that is pointed at, on the map or in the table. */
	pointed: Signal<string | undefined>;
	onRead: (reading: MapReading | undefined) => void;
}

/** What stands above and below the map. */
const CHROME_PX = 280;
const NO_SIZE: Size = { width: 0, height: 0 };

export function MapStage(props: MapStageProps) {
	const { heatmap, backdrop, width, counts, pointed, onRead } = props;
	const room = useRef<HTMLDivElement>(null);
	const pageRoot = useRef<HTMLDivElement>(null);
	const flowRoot = useRef<HTMLDivElement>(null);
	const pinnedRoot = useRef<HTMLDivElement>(null);
	const space = useSpace(room);
	const built = useBuiltPage(pageRoot, backdrop);
	const reading = useReading(heatmap, built, onRead);
	const scrolled = useSignal(0);
	const pinned = useHeat({ flowRoot, pinnedRoot, reading, built, scrolled });
	const { page, viewport } =
		built.state === "built" ? built : { page: undefined, viewport: NO_SIZE };
	const scale = viewport.width > 0 ? chooseScale(viewport, space) : 1;
	const drawn = backdrop?.width === width && isCurrent(reading, heatmap, backdrop, built);
	const [flowing] = splitPinned(reading?.projection.placed ?? []);
	const windowStyle = { width: px(viewport.width * scale), height: px(viewport.height * scale) };
	const scaledStyle = {
		width: px(viewport.width),
		height: px(viewport.height),
		transform: `scale(${scale})`,
		"--unscale": String(1 / scale),
	};
	return (
		<div
			class="map-room"
			ref={room}
			data-state={built.state === "failed" ? "failed" : drawn ? "drawn" : "loading"}
			data-width={width}
			data-group={heatmap?.group}
			data-cold={reading?.projection.shown === 0 || undefined}
		>
			{built.state === "failed" && (
				<StateCard title="This page cannot be rebuilt" icon="warn" kind="bad" level={2}>
					<p>The recording that was chosen for it cannot be played: {built.problem}</p>
				</StateCard>
			)}
			<section
				class="map-scroller"
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				data-small={scale < 0.45 || undefined}
				aria-label="Map: what is on it stands in the table beside it"
				style={page && windowStyle}
				onScroll={(event) => {
					scrolled.value = event.currentTarget.scrollTop / scale;
					page?.scrollTo(scrolled.value);
				}}
			>
				<div class="map-spacer" style={{ height: px((page?.size.height ?? 0) * scale) }}>
					<div class="map-window" style={windowStyle}>
						<div class="map-scaled" style={scaledStyle}>
							<div class="map-page" ref={pageRoot} />
							<div class="map-flow" style={{ transform: `translateY(${-scrolled.value}px)` }}>
								<div class="map-heat" ref={flowRoot} data-heat="flow" />
								<MapBoxes placed={flowing} counts={counts} pointed={pointed} />
							</div>
							<div class="map-pinned">
								<div class="map-heat" ref={pinnedRoot} data-heat="pinned" />
								<MapBoxes placed={pinned} counts={counts} pointed={pointed} />
							</div>
						</div>
					</div>
				</div>
			</section>
			{reading && reading.projection.shown > 0 && <Legend peak={reading.peak} />}
			{!drawn && built.state !== "failed" && <p class="map-wait">Rebuilding the page…</p>}
		</div>
	);
}

/** Answers, page and painting follow each other; the map is ready when all are of the same question. */
function isCurrent(
	reading: MapReading | undefined,
	heatmap: Heatmap | undefined,
	backdrop: Backdrop | undefined,
	built: PageState,
): boolean {
	if (built.state !== "built" || built.backdrop !== backdrop) return false;
	return reading?.heatmap === heatmap && reading?.page === built.page;
}

function useReading(
	heatmap: Heatmap | undefined,
	built: PageState,
	onRead: MapStageProps["onRead"],
): MapReading | undefined {
	const [reading, setReading] = useState<MapReading | undefined>(undefined);
	useEffect(() => {
		const next =
			heatmap !== undefined && built.state === "built" ? readMap(heatmap, built.page) : undefined;
		setReading(next);
		onRead(next);
	}, [heatmap, built, onRead]);
	return reading;
}

interface HeatInput {
	flowRoot: RefObject<HTMLElement | null>;
	pinnedRoot: RefObject<HTMLElement | null>;
	reading: MapReading | undefined;
	built: PageState;
	scrolled: Signal<number>;
}

/** Paints both canvases. @returns the pinned elements where they stand at the current scroll */
function useHeat({ flowRoot, pinnedRoot, reading, built, scrolled }: HeatInput): PlacedElement[] {
	const [pinned, setPinned] = useState<PlacedElement[]>([]);
	const pinnedHeat = useRef<Heat | undefined>(undefined);
	useLayoutEffect(() => {
		if (reading === undefined || built.state !== "built") return;
		if (flowRoot.current === null || pinnedRoot.current === null) return;
		const { placed } = reading.projection;
		const { width, height } = built.page.size;
		const flow = createHeat(flowRoot.current, width, height);
		const [flowing, fixed] = splitPinned(placed);
		flow.draw(pointsOf(flowing), reading.peak);
		if (fixed.length > 0) {
			pinnedHeat.current = createHeat(pinnedRoot.current, width, built.viewport.height);
		}
		built.page.scrollTo(scrolled.peek());
		return () => {
			flow.remove();
			pinnedHeat.current?.remove();
			pinnedHeat.current = undefined;
		};
	}, [flowRoot, pinnedRoot, reading, built, scrolled]);
	const y = scrolled.value;
	useLayoutEffect(() => {
		if (reading === undefined || built.state !== "built") return setPinned([]);
		const now = placePinned(reading.projection.placed, y);
		pinnedHeat.current?.draw(pointsOf(now), reading.peak);
		setPinned(now);
	}, [reading, built, y]);
	return pinned;
}

function useSpace(room: RefObject<HTMLElement | null>): Size {
	const [space, setSpace] = useState<Size>(NO_SIZE);
	useLayoutEffect(() => {
		if (room.current === null) return;
		const observer = new ResizeObserver(([entry]) => {
			const width = Math.floor(entry?.contentRect.width ?? 0);
			setSpace({ width, height: Math.max(400, window.innerHeight - CHROME_PX) });
		});
		observer.observe(room.current);
		return () => observer.disconnect();
	}, [room]);
	return space;
}
