// The room in which the recorded page is shown, as large as it fits; and what stands there while it
// is not.
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { formatDuration } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { fitSize } from "./fit.ts";
import type { Player } from "./player.ts";
import { RoomState } from "./room-state.tsx";
import type { Size } from "./stage.ts";
import type { MadePlayer } from "./use-player.ts";

interface ReplayRoomProps {
	stageRoot: RefObject<HTMLDivElement | null>;
	made: MadePlayer | undefined;
	/** Drawn over the page, in its pixels. */
	children?: ComponentChildren;
}

const NO_SIZE: Size = { width: 0, height: 0 };

export function ReplayRoom({ stageRoot, made, children }: ReplayRoomProps) {
	const room = useRef<HTMLDivElement>(null);
	const space = useRoomSize(room);
	const size = useDerived(() => made?.surfaces.size.value ?? NO_SIZE, [made]);
	const style = useDerived(() => {
		const { scale, left, top } = fitSize(size.value, space.value);
		const { width, height } = size.value;
		return `width:${width}px;height:${height}px;transform:translate(${left}px,${top}px) scale(${scale})`;
	}, [size, space]);
	const aspect = useDerived(
		() => (size.value.height > 0 ? `--aspect:${size.value.width / size.value.height}` : ""),
		[size],
	);
	const player = made?.player;
	return (
		<div class="player-room" ref={room} style={aspect}>
			<div class="player-stage" style={style} ref={stageRoot} data-stage />
			<div class="player-outlines" style={style}>
				{children}
			</div>
			{player && <Cover player={player} />}
			<RoomState player={player} />
			{player && <SkippedChip player={player} />}
		</div>
	);
}

function SkippedChip({ player }: { player: Player }) {
	const skipped = player.skipped.value;
	return (
		<div class="player-chip" aria-live="polite">
			{skipped && (
				<button type="button" onClick={player.undoSkip}>
					<Icon name="skip" /> skipped {formatDuration(skipped.to - skipped.from)}
					<b>Watch it</b>
				</button>
			)}
		</div>
	);
}

/** The picture itself plays and pauses; at the very beginning it says so. */
function Cover({ player }: { player: Player }) {
	const invites = useComputed(
		() => player.timeMs.value === 0 && player.shown.value && player.intent.value === "paused",
	).value;
	return (
		<button
			type="button"
			class="player-cover"
			tabIndex={-1}
			aria-label="Play or pause"
			onClick={player.toggle}
		>
			{invites && (
				<span class="player-big">
					<Icon name="play" size={28} />
				</span>
			)}
		</button>
	);
}

function useRoomSize(room: RefObject<HTMLElement | null>): ReadonlySignal<Size> {
	const size = useSignal<Size>(NO_SIZE);
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
