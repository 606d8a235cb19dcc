// What stands over the picture, or where it would be: that it is being loaded, that a part of the visit
// was never received, that there is none, that something failed.
import { formatDuration } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { ErrorCard, StateCard } from "../ui/state-card.tsx";
import { countMissing } from "./describe-gap.ts";
import type { Stretch } from "./inactivity.ts";
import type { Player } from "./player.ts";

export function RoomState({ player }: { player: Player | undefined }) {
	const verdict = player?.verdict.value;
	if (player === undefined || verdict === undefined) return <Loading done={0} total={0} />;
	switch (verdict.is) {
		case "loading":
			return player.shown.value ? <SeekingChip {...verdict} /> : <Loading {...verdict} />;
		case "gap":
			return <GapCard {...verdict} />;
		case "damaged":
			return <DamagedCard {...verdict} />;
		case "unplayable":
			return <Unplayable player={player} message={verdict.message} />;
		case "error":
			return <ErrorCard error={verdict.error} level={2} onRetry={player.retry} />;
		case "ready":
			return null;
	}
}

interface Progress {
	done: number;
	total: number;
}

function Loading({ done, total }: Progress) {
	const known = total > 0;
	return (
		<div class="player-loading" role="status">
			<p>Loading the recording{known && `: ${done} of ${total}`}</p>
			<div class="progress" data-known={known}>
				<i style={{ width: known ? `${(done / total) * 100}%` : "30%" }} />
			</div>
		</div>
	);
}

/** The picture before stays meanwhile; the chip shows itself only where it takes a while. */
function SeekingChip({ done, total }: Progress) {
	return (
		<div class="player-seeking" role="status">
			<span>
				<i />
				{total > 1 ? `Loading ${done} of ${total}` : "Loading"}
			</span>
		</div>
	);
}

function GapCard({ gap }: { gap: Parameters<typeof countMissing>[0] }) {
	const count = countMissing(gap);
	return (
		<div class="player-gap" role="status">
			<Icon name="warn" />
			<p>
				<b>
					Nothing was received from {formatDuration(gap.from)} to {formatDuration(gap.to)}
				</b>
				<span>
					{count === 1 ? "One part" : `${count} parts`} of the recording never arrived. The picture
					is the last one before.
				</span>
			</p>
		</div>
	);
}

function DamagedCard({ stretch }: { stretch: Stretch }) {
	return (
		<div class="player-gap" role="status">
			<Icon name="warn" />
			<p>
				<b>
					What was stored from {formatDuration(stretch.from)} to {formatDuration(stretch.to)} cannot
					be read
				</b>
				<span>
					Its bytes are damaged. Run <code>snag doctor</code> where Snag is installed. The picture
					is the last one before.
				</span>
			</p>
		</div>
	);
}

function Unplayable({ player, message }: { player: Player; message: string }) {
	if (message !== "") {
		const error = { code: "unplayable", message, status: 0 };
		return <ErrorCard error={error} level={2} onRetry={player.retry} />;
	}
	if (player.lanes.value.lanes.length > 1) {
		return (
			<StateCard title="This tab was not recorded" icon="empty" level={2}>
				<p>No picture of it arrived. Another tab may have one: choose it below the time line.</p>
			</StateCard>
		);
	}
	return (
		<StateCard title="Nothing to show" icon="empty" level={2}>
			<p>
				No picture of the page arrived: the page was left within its first second, its
				Content-Security-Policy stopped the second part of the script, or this visit was recorded
				without replay.
			</p>
			<p>What happened stands beside, as far as it came.</p>
		</StateCard>
	);
}
