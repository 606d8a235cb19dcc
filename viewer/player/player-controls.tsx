// Play, time, bar, speed, skipping, sharing.
import type { RefObject } from "preact";
import type { Manifest } from "../../protocol/api.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { formatDuration } from "../ui/format.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Select } from "../ui/select.tsx";
import { useDerived } from "../ui/use-derived.ts";
import { type Playback, SPEEDS } from "./playback.ts";
import { SeekBar } from "./seek-bar.tsx";
import { createLink } from "./share-link.ts";

interface PlayerControlsProps {
	manifest: Manifest;
	playback: Playback | undefined;
	copyLink: RefObject<HTMLButtonElement | null>;
}

export function PlayerControls({ manifest, playback, copyLink }: PlayerControlsProps) {
	const durationMs = playback?.durationMs ?? manifest.session.durationMs;
	const time = useDerived(() => formatDuration(playback?.timeMs.value ?? 0), [playback]);
	return (
		<div class="player-controls">
			<SeekBar manifest={manifest} playback={playback} durationMs={durationMs} />
			<div class="player-buttons">
				<PlayButton playback={playback} />
				<p class="player-time">
					<span>{time}</span> / {formatDuration(durationMs)}
				</p>
				<div class="player-options">
					<SkipButton playback={playback} />
					<SpeedSelect playback={playback} />
					<CopyButton
						label="Copy link"
						class="button-plain"
						button={copyLink}
						text={() => createLink(location, playback?.timeMs.peek() ?? 0)}
					/>
				</div>
			</div>
		</div>
	);
}

function PlayButton({ playback }: { playback: Playback | undefined }) {
	const state = playback?.state.value;
	const faces: Record<string, [IconName, string]> = {
		playing: ["pause", "Pause"],
		ended: ["again", "Play again"],
	};
	const [icon, label] = faces[state ?? ""] ?? ["play", "Play"];
	return (
		<button
			type="button"
			class="button button-main button-icon"
			disabled={playback === undefined}
			aria-label={label}
			title={`${label} (space)`}
			onClick={() => playback?.toggle()}
		>
			<Icon name={icon} />
		</button>
	);
}

function SkipButton({ playback }: { playback: Playback | undefined }) {
	const on = playback?.skipInactive.value ?? false;
	return (
		<button
			type="button"
			class="button button-plain player-skip"
			disabled={playback === undefined}
			aria-pressed={on}
			title="Jump over stretches of 5 seconds and more in which nothing was done (i)"
			onClick={() => {
				if (playback) playback.skipInactive.value = !on;
			}}
		>
			<Icon name="skip" />
			Skip inactivity
		</button>
	);
}

function SpeedSelect({ playback }: { playback: Playback | undefined }) {
	return (
		<Select
			label="Speed"
			disabled={playback === undefined}
			value={String(playback?.speed.value ?? 1)}
			onChange={(value) => playback?.setSpeed(Number(value))}
		>
			{SPEEDS.map((speed) => (
				<option key={speed} value={String(speed)}>
					{speed}×
				</option>
			))}
		</Select>
	);
}
