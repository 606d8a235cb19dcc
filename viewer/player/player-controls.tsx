// Play, time, bar, speed, skipping, sharing.
import type { RefObject } from "preact";
import type { Episode, Manifest } from "../../protocol/api.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { formatDuration } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Select } from "../ui/select.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { type Player, SPEEDS } from "./player.ts";
import { SeekBar } from "./seek-bar.tsx";
import { createLink } from "./share-link.ts";
import { FollowButton, TabLanes } from "./tab-lanes.tsx";

interface PlayerControlsProps {
	manifest: Manifest;
	episodes: readonly Episode[];
	player: Player | undefined;
	copyLink: RefObject<HTMLButtonElement | null>;
}

export function PlayerControls({ manifest, episodes, player, copyLink }: PlayerControlsProps) {
	const durationMs = player?.durationMs.value ?? manifest.session.durationMs;
	const time = useDerived(() => formatDuration(player?.timeMs.value ?? 0), [player]);
	return (
		<div class="player-controls">
			<SeekBar {...{ manifest, episodes, player, durationMs }} />
			{player && <TabLanes player={player} />}
			<div class="player-buttons">
				<PlayButton player={player} />
				<p class="player-time">
					<span>{time}</span> / {formatDuration(durationMs)}
				</p>
				<div class="player-options">
					{player && <FollowButton player={player} />}
					<SkipButton player={player} />
					<SpeedSelect player={player} />
					<CopyButton
						label="Copy link"
						class="button-plain"
						button={copyLink}
						text={() => createLink(location, player?.timeMs.peek() ?? 0)}
					/>
				</div>
			</div>
		</div>
	);
}

function PlayButton({ player }: { player: Player | undefined }) {
	const [icon, label] = chooseFace(player);
	return (
		<button
			type="button"
			class="button button-main button-icon"
			disabled={player === undefined}
			aria-label={label}
			title={`${label} (space)`}
			onClick={() => player?.toggle()}
		>
			<Icon name={icon} />
		</button>
	);
}

function chooseFace(player: Player | undefined): [IconName, string] {
	if (player?.intent.value === "playing") return ["pause", "Pause"];
	return player?.ended.value ? ["again", "Play again"] : ["play", "Play"];
}

function SkipButton({ player }: { player: Player | undefined }) {
	const on = player?.skipInactive.value ?? false;
	return (
		<button
			type="button"
			class="button button-plain player-skip"
			disabled={player === undefined}
			aria-pressed={on}
			title="Jump over stretches of 5 seconds and more in which nothing was done (i)"
			onClick={() => {
				if (player) player.skipInactive.value = !on;
			}}
		>
			<Icon name="skip" />
			Skip inactivity
		</button>
	);
}

function SpeedSelect({ player }: { player: Player | undefined }) {
	return (
		<Select
			label="Speed"
			disabled={player === undefined}
			value={String(player?.speed.value ?? 1)}
			onChange={(value) => player?.setSpeed(Number(value))}
		>
			{SPEEDS.map((speed) => (
				<option key={speed} value={String(speed)}>
					{speed}×
				</option>
			))}
		</Select>
	);
}
