// A visit with several tabs: one lane for each under the time line, on its scale, strong where the tab was
// in front. Pressing a lane stays in its tab; pressing it again follows the visitor.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { formatDuration } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import type { Lane } from "./lanes.ts";
import type { Player } from "./player.ts";

export function TabLanes({ player }: { player: Player }) {
	const { lanes } = player.lanes.value;
	const list = useRef<HTMLDivElement>(null);
	const durationMs = player.durationMs.value;
	// Written past the renderer, as all that moves with the time.
	useEffect(
		() =>
			effect(() => {
				const share = durationMs > 0 ? player.timeMs.value / durationMs : 0;
				list.current?.style.setProperty("--at", String(share));
			}),
		[player, durationMs],
	);
	if (lanes.length < 2) return null;
	return (
		<fieldset class="lanes" aria-label="Tabs">
			<div class="lanes-list" ref={list}>
				{lanes.map((lane, index) => (
					<LaneButton
						key={lane.tab}
						lane={lane}
						name={`Tab ${index + 1}`}
						player={player}
						durationMs={durationMs}
					/>
				))}
				<i class="lanes-now" />
			</div>
		</fieldset>
	);
}

/** Which tab is shown: the one that the visitor looked at, unless somebody stays in one. */
export function FollowButton({ player }: { player: Player }) {
	if (player.lanes.value.lanes.length < 2) return null;
	return (
		<button
			type="button"
			class="button button-plain player-skip"
			aria-pressed={player.lane.value === ""}
			title="Show the tab that the visitor looked at"
			onClick={() => player.chooseLane("")}
		>
			<Icon name="back" />
			Follow the visitor
		</button>
	);
}

interface LaneButtonProps {
	lane: Lane;
	name: string;
	player: Player;
	durationMs: number;
}

function LaneButton({ lane, name, player, durationMs }: LaneButtonProps) {
	const stays = player.lane.value === lane.tab;
	const place = ({ from, to }: { from: number; to: number }) => ({
		left: `${(from / Math.max(1, durationMs)) * 100}%`,
		width: `${(Math.min(to - from, durationMs) / Math.max(1, durationMs)) * 100}%`,
	});
	const open = `open from ${formatDuration(lane.open.from)} to ${formatDuration(lane.open.to)}`;
	return (
		<button
			type="button"
			class="lane"
			aria-pressed={stays}
			aria-label={`Stay in ${name}, ${open}`}
			data-shown={player.tab.value === lane.tab || undefined}
			data-lane={lane.tab}
			title={stays ? "Follow the visitor again" : `Stay in ${name}`}
			onClick={() => player.chooseLane(stays ? "" : lane.tab)}
		>
			<i class="lane-open" style={place(lane.open)} />
			{lane.front.map((span) => (
				<i class="lane-front" key={span.from} style={place(span)} />
			))}
			{lane.gaps.map((gap) => (
				<i class="lane-gap" key={gap.from} style={place(gap)} />
			))}
			<span class="lane-name">{name}</span>
		</button>
	);
}
