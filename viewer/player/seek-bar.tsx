// The session as a line: pages as strokes, presses as dots, hidden tabs and missing parts as bands. One
// slider for the keyboard (its keys are the player's), a pointer to drag and to look ahead with.
import { effect, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Episode, Manifest } from "../../protocol/api.ts";
import { formatDuration, formatSpoken } from "../ui/format.ts";
import { gravityOf } from "../ui/signal-words.ts";
import { describeReduced } from "./describe-cost.ts";
import { describeGap } from "./describe-gap.ts";
import { describeMarker } from "./describe-marker.ts";
import { findCurrentMarker, findPage, type Marker } from "./find-marker.ts";
import type { Player } from "./player.ts";
import { findGap, findReduced, placeMarks, type SeekMarks } from "./seek-marks.ts";

interface SeekBarProps {
	manifest: Manifest;
	episodes: readonly Episode[];
	player: Player | undefined;
	durationMs: number;
}

/** Who points at an instant for so long may go there: it is loaded beforehand. */
const REST_MS = 120;

export function SeekBar({ manifest, episodes, player, durationMs }: SeekBarProps) {
	const bar = useRef<HTMLDivElement>(null);
	const hover = useSignal<number | undefined>(undefined);
	const marks = useMemo(() => placeMarks(manifest, durationMs), [manifest, durationMs]);
	useSliderValue({ bar, markers: manifest.markers, marks, player, durationMs });
	const timeAt = (event: PointerEvent): number => {
		const { left, width } = event.currentTarget instanceof Element ? rectOf(bar.current) : NOWHERE;
		return Math.min(1, Math.max(0, (event.clientX - left) / Math.max(1, width))) * durationMs;
	};
	const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
	const rest = (at: number | undefined) => {
		clearTimeout(resting.current);
		resting.current = setTimeout(() => player?.hint(at), REST_MS);
	};
	return (
		<div
			ref={bar}
			class="seek"
			role="slider"
			tabIndex={0}
			aria-label="Time"
			aria-valuemin={0}
			aria-valuemax={Math.round(durationMs / 1000)}
			aria-valuenow={0}
			aria-disabled={player === undefined}
			onPointerDown={(event) => {
				event.currentTarget.setPointerCapture(event.pointerId);
				player?.preview(timeAt(event));
			}}
			onPointerMove={(event) => {
				const at = timeAt(event);
				hover.value = at;
				if (event.currentTarget.hasPointerCapture(event.pointerId)) player?.preview(at);
				else rest(at);
			}}
			onPointerUp={(event) => player?.seek(timeAt(event))}
			onPointerCancel={() => player?.seek(player.timeMs.peek())}
			onPointerLeave={() => {
				hover.value = undefined;
				rest(undefined);
			}}
		>
			<Marks marks={marks} />
			<EpisodeMarks episodes={episodes} durationMs={durationMs} />
			<span class="seek-track">
				<i class="seek-done" />
			</span>
			<i class="seek-head" />
			{hover.value !== undefined && (
				<SeekHint
					episodes={episodes}
					markers={manifest.markers}
					marks={marks}
					timeMs={hover.value}
					durationMs={durationMs}
				/>
			)}
		</div>
	);
}

const NOWHERE = { left: 0, width: 1 };
const rectOf = (element: Element | null) => element?.getBoundingClientRect() ?? NOWHERE;

function Marks({ marks }: { marks: SeekMarks }) {
	return (
		<>
			{marks.hidden.map(({ from, to }) => (
				<i
					key={`hidden ${from}`}
					class="seek-band"
					title="The visitor looked at something else"
					style={{ left: `${from}%`, width: `${to - from}%` }}
				/>
			))}
			{marks.reduced.map(({ from, to, reduced }) => (
				<i
					key={`reduced ${from} ${reduced.tab}`}
					class="seek-reduced"
					data-step={reduced.step}
					style={{ left: `${from}%`, width: `${to - from}%` }}
				/>
			))}
			{marks.gaps.map(({ from, to, gap }) => (
				<i
					key={`gap ${from}`}
					class="seek-gap"
					data-first={gap.first}
					data-last={gap.last}
					style={{ left: `${from}%`, width: `${to - from}%` }}
				/>
			))}
			{marks.pages.map(({ at }) => (
				<i key={`page ${at}`} class="seek-page" style={{ left: `${at}%` }} />
			))}
			{marks.presses.map(({ at, count }) => (
				<i
					key={`press ${at}`}
					class="seek-press"
					data-many={count > 1 || undefined}
					style={{ left: `${at}%` }}
				/>
			))}
		</>
	);
}

/** Above all others: what went wrong is what is looked for. */
function EpisodeMarks({ episodes, durationMs }: Pick<SeekBarProps, "episodes" | "durationMs">) {
	return (
		<>
			{episodes.map(({ at, class: kind, severity }, index) => (
				<i
					key={index}
					class="seek-episode"
					data-class={kind}
					data-gravity={gravityOf(severity)}
					style={{ left: `${Math.min(100, (at / Math.max(1, durationMs)) * 100)}%` }}
				/>
			))}
		</>
	);
}

interface SeekHintProps {
	episodes: readonly Episode[];
	markers: readonly Marker[];
	marks: SeekMarks;
	timeMs: number;
	durationMs: number;
}

function SeekHint({ episodes, markers, marks, timeMs, durationMs }: SeekHintProps) {
	const share = (timeMs / Math.max(1, durationMs)) * 100;
	const gap = findGap(marks, share);
	const reduced = findReduced(marks, share);
	const marker = markers[findCurrentMarker(markers, timeMs)];
	const page = findPage(markers, timeMs);
	const episode = episodes.findLast(({ at }) => Math.abs(timeMs - at) < durationMs * 0.012);
	const nearby = marker !== undefined && timeMs - marker.at < durationMs * 0.012;
	return (
		<div
			class="seek-hint"
			data-wide={gap !== undefined || reduced !== undefined || episode !== undefined || undefined}
			style={{ left: `clamp(var(--hint-half), ${share}%, 100% - var(--hint-half))` }}
		>
			<strong>{formatDuration(timeMs)}</strong>
			{gap ? (
				<span>{describeGap(gap)}</span>
			) : reduced ? (
				<span>{describeReduced(reduced)}</span>
			) : episode ? (
				<span>{episode.sentence}</span>
			) : (
				<>
					{nearby && marker.kind !== "page" && <span>{describeMarker(marker).title}</span>}
					{page && <span class="path">{page.page}</span>}
				</>
			)}
		</div>
	);
}

interface SliderValue {
	bar: { current: HTMLElement | null };
	markers: readonly Marker[];
	marks: SeekMarks;
	player: Player | undefined;
	durationMs: number;
}

/** Written past the renderer: the time changes with every frame. */
function useSliderValue({ bar, markers, marks, player, durationMs }: SliderValue): void {
	useEffect(
		() =>
			effect(() => {
				const timeMs = player?.timeMs.value ?? 0;
				const element = bar.current;
				if (element === null) return;
				element.style.setProperty("--at", String(durationMs > 0 ? timeMs / durationMs : 0));
				const seconds = String(Math.round(timeMs / 1000));
				if (element.getAttribute("aria-valuenow") === seconds && seconds !== "0") return;
				element.setAttribute("aria-valuenow", seconds);
				const page = findPage(markers, timeMs);
				const where = page === undefined ? "" : `, ${page.label || page.page}`;
				const share = (timeMs / Math.max(1, durationMs)) * 100;
				const [gap, reduced] = [findGap(marks, share), findReduced(marks, share)];
				const less = reduced === undefined ? "" : `, ${describeReduced(reduced)}`;
				const lost = gap === undefined ? less : `, ${describeGap(gap)}`;
				const text = `${formatSpoken(timeMs)} of ${formatSpoken(durationMs)}${where}${lost}`;
				element.setAttribute("aria-valuetext", text);
			}),
		[bar, markers, marks, player, durationMs],
	);
}
