// The room in which the recorded page is shown, as large as it fits; and what stands there while it
// is not.
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formatBytes, formatDuration } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { ErrorCard, StateCard } from "../ui/state-card.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { fitSize } from "./fit.ts";
import type { Playback } from "./playback.ts";
import type { Size } from "./stage.ts";
import type { EventsState } from "./use-events.ts";

interface ReplayRoomProps {
	stageRoot: RefObject<HTMLDivElement | null>;
	size: ReadonlySignal<Size>;
	events: EventsState;
	problem: string | undefined;
	playback: Playback | undefined;
	onRetry: () => void;
}

export function ReplayRoom({
	stageRoot,
	size,
	events,
	problem,
	playback,
	onRetry,
}: ReplayRoomProps) {
	const room = useRef<HTMLDivElement>(null);
	const space = useRoomSize(room);
	const style = useComputed(() => {
		const { scale, left, top } = fitSize(size.value, space.value);
		const { width, height } = size.value;
		return `width:${width}px;height:${height}px;transform:translate(${left}px,${top}px) scale(${scale})`;
	});
	const aspect = useComputed(() =>
		size.value.height > 0 ? `--aspect:${size.value.width / size.value.height}` : "",
	);
	const error =
		problem === undefined ? undefined : { code: "unplayable", message: problem, status: 0 };
	return (
		<div class="player-room" ref={room} style={aspect}>
			<div class="player-stage" style={style} ref={stageRoot} data-stage />
			<RoomState events={error ? { state: "failed", error } : events} onRetry={onRetry} />
			{playback && <Cover playback={playback} />}
			{playback && <SkippedChip playback={playback} />}
		</div>
	);
}

function RoomState({ events, onRetry }: { events: EventsState; onRetry: () => void }) {
	switch (events.state) {
		case "loading":
			return <LoadingEvents readBytes={events.readBytes} totalBytes={events.totalBytes} />;
		case "empty":
			return (
				<StateCard title="Nothing to show" icon="empty" level={2}>
					<p>
						No picture of the page arrived: the page was left within its first second, its
						Content-Security-Policy stopped the second part of the script, or this visit was
						recorded without replay.
					</p>
					<p>What happened stands beside, as far as it came.</p>
				</StateCard>
			);
		case "failed":
			return <ErrorCard error={events.error} level={2} onRetry={onRetry} />;
		case "loaded":
			return null;
	}
}

function LoadingEvents({ readBytes, totalBytes }: { readBytes: number; totalBytes: number }) {
	const known = totalBytes > 0;
	return (
		<div class="player-loading" role="status">
			<p>Loading the recording{readBytes > 0 && `: ${formatBytes(readBytes)}`}</p>
			<div class="progress" data-known={known}>
				<i style={{ width: known ? `${Math.min(100, (readBytes / totalBytes) * 100)}%` : "30%" }} />
			</div>
		</div>
	);
}

function SkippedChip({ playback }: { playback: Playback }) {
	const skipped = playback.skippedMs.value;
	return (
		<div class="player-chip" aria-live="polite">
			{skipped > 0 && (
				<span>
					<Icon name="skip" /> skipped {formatDuration(skipped)}
				</span>
			)}
		</div>
	);
}

/** The picture itself plays and pauses; at the very beginning it says so. */
function Cover({ playback }: { playback: Playback }) {
	const begun = useDerived(() => playback.timeMs.value > 0, [playback]).value;
	return (
		<button
			type="button"
			class="player-cover"
			tabIndex={-1}
			aria-label="Play or pause"
			onClick={playback.toggle}
		>
			{!begun && (
				<span class="player-big">
					<Icon name="play" size={28} />
				</span>
			)}
		</button>
	);
}

function useRoomSize(room: RefObject<HTMLElement | null>): ReadonlySignal<Size> {
	const size = useSignal<Size>({ width: 0, height: 0 });
	useEffect(() => {
		if (room.current === null) return;
		const observer = new ResizeObserver(([entry]) => {
			if (entry === undefined) return;
			const { width, height } = entry.contentRect;
			size.value = { width, height };
		});
		observer.observe(room.current);
		return () => observer.disconnect();
	}, [room, size]);
	return size;
}
