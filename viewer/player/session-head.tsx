// What this session was, in one line.
import type { Session, Site } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";
import { JourneyEnds } from "../sessions/session-row.tsx";
import { formatDuration, formatExact } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";

export function SessionHead({ site, session }: { site: Site; session: Session }) {
	return (
		<div class="player-head">
			<a
				class="button button-plain button-icon"
				href={formatRoute({ name: "sessions", site: site.id })}
				aria-label="Back to the sessions"
				title="Back to the sessions"
			>
				<Icon name="left" />
			</a>
			<h1>
				Visit to <JourneyEnds session={session} />
			</h1>
			<p>
				<time dateTime={new Date(session.startedAt).toISOString()}>
					{formatExact(session.startedAt)}
				</time>
				<span>{formatDuration(session.durationMs)}</span>
			</p>
		</div>
	);
}
