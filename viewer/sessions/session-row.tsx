// One session as a row: when, what happened, how long, who from where, on what.
import type { Session } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";
import {
	formatAgo,
	formatDuration,
	formatExact,
	formatLanguage,
	formatSpoken,
	formatVisitor,
	plural,
} from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { isGoingOn } from "./is-going-on.ts";

interface SessionRowProps {
	site: string;
	session: Session;
	now: number;
	/** Length of the longest session in the list: what the bars are measured by. */
	longestMs: number;
	fresh: boolean;
}

export function SessionRow({ site, session, now, longestMs, fresh }: SessionRowProps) {
	const { id, startedAt, durationMs, playable } = session;
	const goingOn = isGoingOn(session, now);
	return (
		<tr class="session-row" data-session={id} data-fresh={fresh || undefined}>
			<td class="session-when">
				{goingOn && <span class="live-dot" title="Going on now" />}
				<time dateTime={new Date(startedAt).toISOString()} title={formatExact(startedAt)}>
					{formatAgo(startedAt, now)}
				</time>
				{goingOn && <span class="visually-hidden">, going on now</span>}
			</td>
			<td class="session-what">
				<a class="session-link" href={formatRoute({ name: "session", site, session: id, at: 0 })}>
					<JourneyEnds session={session} />
				</a>
				<span class="session-note">
					{plural(session.pageViews, "page")}
					<i />
					{plural(session.presses, "press", "presses")}
					{session.tabs > 1 && (
						<>
							<i />
							{session.tabs} tabs
						</>
					)}
					{!playable && (
						<span title="No picture of the page has arrived yet">
							<i />
							no picture yet
						</span>
					)}
				</span>
			</td>
			<td class="session-length" title={formatSpoken(durationMs)}>
				<span>{formatDuration(durationMs)}</span>
				<span class="session-bar" aria-hidden="true">
					<span style={{ width: `${barWidth(durationMs, longestMs)}%` }} />
				</span>
			</td>
			<td class="session-who">
				<span class="session-visitor">{formatVisitor(session.visitor)}</span>
				<span class="session-note">
					{session.referrer === "" ? "direct" : session.referrer}
					<i />
					{formatLanguage(session.language)}
				</span>
			</td>
			<td class="session-device">
				<Icon name={session.device} />
				<span>
					<span>
						{session.browser}
						<span class="visually-hidden"> on a {session.device}</span>
					</span>
					<span class="session-note">
						{session.os}
						<i />
						{session.viewport.width} × {session.viewport.height}
					</span>
				</span>
			</td>
		</tr>
	);
}

export function JourneyEnds({ session }: { session: Session }) {
	const { entryPage, exitPage, pageViews } = session;
	if (pageViews < 2 || exitPage === "") return <span class="path">{entryPage || "/"}</span>;
	return (
		<span class="journey">
			<span class="path">{entryPage}</span>
			<span class="journey-arrow" aria-hidden="true">
				{pageViews > 2 ? "⋯→" : "→"}
			</span>
			<span class="visually-hidden">to</span>
			<span class="path">{exitPage}</span>
		</span>
	);
}

/** Lengths differ a thousandfold; a root keeps the short ones visible and the order true. */
function barWidth(durationMs: number, longestMs: number): number {
	if (durationMs <= 0 || longestMs <= 0) return 0;
	return Math.max(2, Math.round(Math.sqrt(durationMs / longestMs) * 100));
}
