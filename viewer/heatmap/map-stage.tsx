// The rebuilt page with the map over it. The frame is a real viewport, so that `100vh` and fixed elements are
// as they were; scrolling moves the page inside the frame, and the map is drawn for where everything stands
// then, because a natively scrolled canvas would run ahead of the page by a frame.
//
//   scroller > spacer (document height) > window (sticky) > scaled: page | bands | heat | boxes
import { type Signal, useSignalEffect } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Backdrop, Heatmap, HeatmapElement } from "../../protocol/api.ts";
import type { Size } from "../player/stage.ts";
import { px } from "../ui/px.ts";
import { StateCard } from "../ui/state-card.tsx";
import type { BuiltPage } from "./backdrop.ts";
import { createHeat, type Heat } from "./draw.ts";
import { listPoints } from "./list-points.ts";
import { MapBands } from "./map-bands.tsx";
import { type BoxPaint, HollowBoxes, MapBoxes, paintByRate } from "./map-boxes.tsx";
import type { RampName } from "./ramp.ts";
import { type MapReading, placeAt, readMap, type StandingElement } from "./read-map.ts";
import { type PageState, useBuiltPage } from "./use-built-page.ts";
import { useSpace } from "./use-space.ts";
import { chooseScale } from "./viewport.ts";
import { isOfElements } from "./weigh.ts";

interface MapStageProps {
	/** Says which of two it is; "" where there is one. */
	label: string;
	heatmap: Heatmap | undefined;
	backdrop: Backdrop | undefined;
	/** The width asked for; what is shown may still be the one before. */
	width: number;
	ramp: RampName;
	counts: Signal<boolean>;
	/** Key of the element that is pointed at, on the map or in the table. */
	pointed: Signal<string | undefined>;
	selected: string | undefined;
	/** Of the document, CSS pixels: maps that share it scroll together. */
	scrolled: Signal<number>;
	onRead: (reading: MapReading | undefined) => void;
	onSelect: (key: string) => void;
	/** In place of heat and outlines. */
	paint?: (element: HeatmapElement) => BoxPaint;
	/** Lies over the map, in pixels of the screen. */
	over?: (shown: ShownStage) => ComponentChildren;
}

/** A map as it stands on the screen. */
export interface ShownStage {
	page: BuiltPage;
	heatmap: Heatmap;
	placed: readonly StandingElement[];
	/** By how much the page is scrolled, CSS pixels of the page. */
	scrolled: number;
	/** Pixels of the screen for one of the page. */
	scale: number;
	/** Of the window that the page is seen through, pixels of the screen. */
	room: Size;
}

const NO_SIZE: Size = { width: 0, height: 0 };

export function MapStage(props: MapStageProps) {
	const { heatmap, backdrop, width, ramp, scrolled, paint } = props;
	const room = useRef<HTMLDivElement>(null);
	const scroller = useRef<HTMLElement>(null);
	const pageRoot = useRef<HTMLDivElement>(null);
	const heatRoot = useRef<HTMLDivElement>(null);
	const space = useSpace(room);
	const built = useBuiltPage(pageRoot, backdrop);
	const reading = useReading(heatmap, built, props.onRead);
	const { page, viewport } =
		built.state === "built" ? built : { page: undefined, viewport: NO_SIZE };
	const scale = viewport.width > 0 ? chooseScale(viewport, space) : 1;
	const placed = usePlaced(reading, scrolled.value);
	useHeat({ root: heatRoot, reading, placed, viewport, ramp, y: scrolled.value, off: !!paint });
	useSignalEffect(() => {
		const top = scrolled.value * scale;
		page?.scrollTo(scrolled.value);
		// Where the other of two maps was scrolled, this one follows.
		if (scroller.current && Math.abs(scroller.current.scrollTop - top) > 1) {
			scroller.current.scrollTop = top;
		}
	});
	const drawn = backdrop?.width === width && isCurrent(reading, heatmap, backdrop, built);
	const shown = page && reading && drawn ? { page, heatmap: reading.heatmap, placed } : undefined;
	const windowStyle = { width: px(viewport.width * scale), height: px(viewport.height * scale) };
	return (
		<div
			class="map-room"
			ref={room}
			data-state={built.state === "failed" ? "failed" : drawn ? "drawn" : "loading"}
			data-label={props.label}
			data-width={width}
			data-kind={heatmap?.kind}
			data-group={heatmap?.group}
			data-cold={isCold(reading) || undefined}
		>
			{built.state === "failed" && (
				<StateCard title="This page cannot be rebuilt" icon="warn" kind="bad" level={2}>
					<p>The recording that was chosen for it cannot be played: {built.problem}</p>
				</StateCard>
			)}
			<section
				class="map-scroller"
				ref={scroller}
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
				tabIndex={0}
				data-small={scale < 0.45 || undefined}
				aria-label={`Map ${props.label}: what is on it stands in the table beside it`}
				style={page && windowStyle}
				onScroll={(event) => {
					scrolled.value = event.currentTarget.scrollTop / scale;
				}}
			>
				<div class="map-spacer" style={{ height: px((page?.size.height ?? 0) * scale) }}>
					<div class="map-window" style={windowStyle}>
						<div class="map-scaled" style={scaledStyle(viewport, scale)}>
							<div class="map-page" ref={pageRoot} />
							{reading && !paint && (
								<MapBands
									heatmap={reading.heatmap}
									counts={props.counts}
									ramp={ramp}
									height={reading.page.size.height}
									scrolled={scrolled.value}
								/>
							)}
							<div class="map-heat" ref={heatRoot} />
							<div class="map-boxes">
								{reading && isOfElements(reading.heatmap) && (
									<HollowBoxes hollow={reading.projection.hollow} scrolled={scrolled.value} />
								)}
								{reading && isOfElements(reading.heatmap) && (
									<MapBoxes
										{...props}
										placed={placed}
										paint={paint ?? paintByRate(reading.heatmap, ramp)}
									/>
								)}
							</div>
						</div>
						{shown &&
							props.over?.({
								...{ ...shown, scale, scrolled: scrolled.value },
								room: { width: viewport.width * scale, height: viewport.height * scale },
							})}
					</div>
				</div>
			</section>
			{!drawn && built.state !== "failed" && <p class="map-wait">Rebuilding the page…</p>}
		</div>
	);
}

const scaledStyle = ({ width, height }: Size, scale: number) => ({
	width: px(width),
	height: px(height),
	transform: `scale(${scale})`,
	"--unscale": String(1 / scale),
});

/** Nothing is on the map: then the page need not step back for it. */
function isCold(reading: MapReading | undefined): boolean {
	if (reading === undefined) return false;
	const { heatmap, projection } = reading;
	return projection.shown === 0 && !heatmap.scroll && !heatmap.attention && !heatmap.dwell;
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

function usePlaced(reading: MapReading | undefined, y: number): StandingElement[] {
	return useMemo(() => {
		if (reading === undefined) return [];
		reading.page.scrollTo(y);
		return placeAt(reading.projection.placed, y, reading.page);
	}, [reading, y]);
}

interface HeatInput {
	root: RefObject<HTMLElement | null>;
	reading: MapReading | undefined;
	placed: readonly StandingElement[];
	viewport: Size;
	ramp: RampName;
	y: number;
	off: boolean;
}

function useHeat({ root, reading, placed, viewport, ramp, y, off }: HeatInput): void {
	const heat = useRef<Heat | undefined>(undefined);
	const { width, height } = viewport;
	useLayoutEffect(() => {
		if (root.current === null || width === 0 || off) return;
		heat.current = createHeat(root.current, width, height);
		return () => {
			heat.current?.remove();
			heat.current = undefined;
		};
	}, [root, width, height, off]);
	useLayoutEffect(() => {
		if (reading === undefined) return;
		heat.current?.draw(listPoints(reading.heatmap, placed, { y, height }), ramp);
	}, [reading, placed, ramp, y, width, height, off]);
}
