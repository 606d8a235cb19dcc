// One session as a row: when, from where to where and by whom, how much, how long, on what.
import type { Session } from "../../protocol/api.ts";
import { formatRoute } from "../routes.ts";
import {
	formatAgo,
	formatClock,
	formatCount,
	formatDuration,
	formatExact,
	formatLanguage,
	formatSpoken,
	formatVisitor,
	plural,
} from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { nameSignal } from "../ui/signal-words.ts";
import { isGoingOn } from "./is-going-on.ts";

/** Older ones have their date and time where the others say how long ago. */
const TODAY_MS = 12 * 60 * 60 * 1000;

interface SessionRowProps {
	site: string;
	session: Session;
	now: number;
	/** The most in the list: what the bars are measured by. */
	longestMs: number;
	mostPresses: number;
	fresh: boolean;
}

export function SessionRow(props: SessionRowProps) {
	const { site, session, now, longestMs, mostPresses, fresh } = props;
	const { id, startedAt, durationMs, pageViews, presses } = session;
	const goingOn = isGoingOn(session, now);
	return (
		<tr class="session-row" data-session={id} data-fresh={fresh || undefined}>
			<td class="session-when">
				{goingOn && <span class="live-dot" title="Going on now" />}
				<time dateTime={new Date(startedAt).toISOString()} title={formatExact(startedAt)}>
					{formatAgo(startedAt, now)}
				</time>
				{goingOn && <span class="visually-hidden">, going on now</span>}
				{now - startedAt < TODAY_MS && (
					<span class="session-note" aria-hidden="true">
						{formatClock(startedAt)}
					</span>
				)}
			</td>
			<td class="session-what">
				<a class="session-link" href={formatRoute({ name: "session", site, session: id, at: 0 })}>
					<JourneyEnds session={session} />
				</a>
				<Trouble site={site} session={session} />
				<Oddities session={session} />
			</td>
			<td class="session-who">
				<span class="session-visitor">{formatVisitor(session.visitor)}</span>
				{session.automated && (
					<span class="session-simulated" title="The browser said that a program drives it">
						simulated
					</span>
				)}
				<span class="session-note">
					{session.referrer === "" ? "direct" : `from ${session.referrer}`}
					<i />
					{formatLanguage(session.language)}
				</span>
			</td>
			<td class="number session-pages">
				{formatCount(pageViews)}
				<span class="session-unit"> {pageViews === 1 ? "page" : "pages"}</span>
			</td>
			<td class="number session-presses">
				{formatCount(presses)}
				<span class="session-unit"> {presses === 1 ? "press" : "presses"}</span>
				<Bar part={presses} most={mostPresses} kind="press" />
			</td>
			<td class="number session-friction" title={describeScore(session)}>
				{session.friction.episodes === 0 ? "–" : Math.round(session.friction.score)}
				<span class="session-unit"> friction</span>
				<Bar part={session.friction.score} most={100} kind="friction" />
			</td>
			<td class="number session-length" title={formatSpoken(durationMs)}>
				{formatDuration(durationMs)}
				<Bar part={durationMs} most={longestMs} kind="time" />
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

function describeScore({ friction }: Session): string {
	const { score, episodes, provisional } = friction;
	if (episodes === 0) return provisional ? "No friction so far" : "No friction";
	const more = provisional ? ", so far" : "";
	return `Friction ${Math.round(score)} of 100, from ${plural(episodes, "episode")}${more}`;
}

/** Why a visit is worth watching, in the words of its gravest moment; leads to some seconds before it. */
function Trouble({ site, session: { id, friction } }: { site: string; session: Session }) {
	if (friction.episodes === 0) return null;
	const at = friction.replayAt;
	return (
		<a
			class="session-trouble"
			data-class={friction.class}
			href={formatRoute({ name: "session", site, session: id, at })}
			title={`Watch it from ${formatDuration(at)}`}
		>
			<b>{nameSignal(friction.class)}</b> {friction.sentence}
		</a>
	);
}

/** What is unusual about a visit; most have nothing. */
function Oddities({ session: { tabs, playable } }: { session: Session }) {
	if (tabs < 2 && playable) return null;
	return (
		<span class="session-note">
			{tabs > 1 && <span>{tabs} tabs</span>}
			{!playable && (
				<span class="session-blind" title="No picture of the page has arrived yet">
					no picture yet
				</span>
			)}
		</span>
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

/** Visits differ a thousandfold; a root keeps the small ones visible and the order true. */
function Bar({
	part,
	most,
	kind,
}: {
	part: number;
	most: number;
	kind: "press" | "time" | "friction";
}) {
	const share = part <= 0 || most <= 0 ? 0 : Math.max(0.03, Math.sqrt(part / most));
	return (
		<span class="session-bar" data-kind={kind} aria-hidden="true">
			<span style={{ width: `${Math.round(share * 100)}%` }} />
		</span>
	);
}
