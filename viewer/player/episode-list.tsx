// What went against the visitor, moment by moment. A press leads to some seconds before it, where the element
// is outlined (`episode-outline.tsx`).
import type { Episode, SessionEpisodes } from "../../protocol/api.ts";
import { formatDuration } from "../ui/format.ts";
import { gravityOf, nameSignal } from "../ui/signal-words.ts";
import type { AnswerState } from "../ui/use-answer.ts";
import type { Player } from "./player.ts";

interface EpisodeListProps {
	answer: AnswerState<SessionEpisodes>;
	player: Player | undefined;
}

export function EpisodeList({ answer, player }: EpisodeListProps) {
	if (answer.state === "waiting") return null;
	if (answer.state === "failed") {
		return (
			<section class="episodes">
				<h2>Friction</h2>
				<p class="episodes-none">{answer.error.message}</p>
			</section>
		);
	}
	const { episodes, friction } = answer.value;
	return (
		<section
			class="episodes"
			aria-labelledby="episodes-title"
			data-provisional={friction.provisional}
		>
			<h2 id="episodes-title">
				Friction
				{episodes.length > 0 && (
					<span class="episodes-score" title="0 is none, 100 is as bad as it gets">
						{Math.round(friction.score)}
					</span>
				)}
			</h2>
			{episodes.length === 0 ? (
				<p class="episodes-none">
					{friction.provisional
						? "Nothing went wrong so far."
						: "Nothing went wrong in this visit."}
				</p>
			) : (
				<ol>
					{episodes.map((episode) => (
						<EpisodeRow
							key={`${episode.at} ${episode.class} ${episode.element.key}`}
							episode={episode}
							onSeek={player && (() => player.seek(episode.replayAt))}
						/>
					))}
				</ol>
			)}
			{friction.provisional && episodes.length > 0 && (
				<p class="episodes-none">More may come while the visit goes on.</p>
			)}
		</section>
	);
}

interface EpisodeRowProps {
	episode: Episode;
	onSeek: (() => void) | undefined;
}

function EpisodeRow({ episode, onSeek }: EpisodeRowProps) {
	const others = [...new Set(episode.signals.slice(1).map(({ sentence }) => sentence))];
	return (
		<li data-episode={episode.class} data-gravity={gravityOf(episode.severity)}>
			<button
				type="button"
				class="episode"
				disabled={onSeek === undefined}
				onClick={onSeek}
				title={others.length > 0 ? others.join("\n") : undefined}
			>
				<span class="episode-class">{nameSignal(episode.class)}</span>
				<span class="episode-text">
					{episode.sentence}
					<span class="path">{episode.page}</span>
				</span>
				<time>{formatDuration(episode.at)}</time>
			</button>
		</li>
	);
}
