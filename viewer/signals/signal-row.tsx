// One kind of friction at one place: what it is and why, how often, how sure that is, and where to see it.
import { describeElement, nameElement } from "../heatmap/name-element.ts";
import { formatRoute } from "../routes.ts";
import { formatCount, formatDuration, formatPercent, formatRange, plural } from "../ui/format.ts";
import { Icon } from "../ui/icon.tsx";
import { gravityOf, nameSignal } from "../ui/signal-words.ts";
import { mapOf, type ReportedSignal, replayOf, sessionsOf } from "./signal-links.ts";
import type { SignalView } from "./signal-view.ts";

interface SignalRowProps {
	site: string;
	signal: ReportedSignal;
	/** The greatest sum of severities in the report, which bars are measured by. */
	most: number;
	view: SignalView;
}

/** Below this a rate says little. */
const FEW = 30;

export function SignalRow({ site, signal, most, view }: SignalRowProps) {
	const { kind, page, element, episodes, sessions, severity, sentence } = signal;
	const isOfPage = element.id === "";
	const described = isOfPage ? "" : describeElement(element, false);
	return (
		<tr
			class="signal-row"
			data-signal={kind}
			data-gravity={gravityOf(severity / Math.max(1, episodes))}
		>
			<td class="signal-what">
				<span class="signal-kind">{nameSignal(kind)}</span>
				<a class="signal-name" href={formatRoute(sessionsOf(site, signal, view))}>
					{isOfPage ? "The page" : nameElement(element)}
				</a>
				<span class="signal-place">
					<span class="path">{page || "unknown page"}</span>
					{described !== "" && (
						<>
							<i />
							{described}
						</>
					)}
				</span>
				<span class="signal-why">{sentence}</span>
			</td>
			<td class="number signal-sum" title="The sum of the severities of its episodes">
				{severity.toFixed(1)}
				<span class="signal-unit"> friction</span>
				<span class="signal-bar" aria-hidden="true">
					<i style={{ width: `${Math.max(2, (severity / most) * 100)}%` }} />
				</span>
			</td>
			<td class="number signal-count">
				{formatCount(episodes)}
				<span class="signal-unit"> {episodes === 1 ? "episode" : "episodes"}</span>
				<span class="signal-note">{plural(sessions, "session")}</span>
			</td>
			<SignalRate signal={signal} />
			<td class="signal-ways">
				<Replays site={site} signal={signal} />
				<Ways site={site} signal={signal} view={view} />
			</td>
		</tr>
	);
}

function SignalRate({ signal: { rate } }: { signal: ReportedSignal }) {
	const { part, whole, of, share, lower, upper } = rate;
	const one = of === "presses" ? "press" : "view";
	const sure = `95 % sure that it is between ${formatPercent(lower)} and ${formatPercent(upper)}`;
	return (
		<td class="number signal-rate" title={sure} data-few={whole < FEW || undefined}>
			{formatPercent(share)}
			<span class="signal-sure">{formatRange(lower, upper)}</span>
			<span class="signal-note">
				{formatCount(part)} of {plural(whole, one, of)}
			</span>
			<span class="signal-interval" aria-hidden="true">
				<i
					style={{
						left: `${lower * 100}%`,
						width: `${Math.max(1, (upper - lower) * 100)}%`,
					}}
				/>
				<b style={{ left: `${share * 100}%` }} />
			</span>
		</td>
	);
}

function Replays({ site, signal }: Pick<SignalRowProps, "site" | "signal">) {
	const { replays } = signal;
	if (replays.length === 0) return <span class="signal-note">No replay of it</span>;
	return (
		<span class="signal-replays">
			{replays.map((replay, at) => (
				<a
					key={`${replay.session} ${replay.at}`}
					class="chip"
					href={formatRoute(replayOf(site, replay))}
					aria-label={`Replay ${at + 1}, at ${formatDuration(replay.at)}`}
					title="Five seconds before it"
				>
					<Icon name="play" size={12} />
					{formatDuration(replay.at)}
				</a>
			))}
		</span>
	);
}

function Ways({ site, signal, view }: Omit<SignalRowProps, "most">) {
	const map = mapOf(site, signal, { view, windowPx: window.innerWidth });
	return (
		<span class="signal-links">
			{map && <a href={formatRoute(map)}>Heatmap</a>}
			<a href={formatRoute(sessionsOf(site, signal, view))}>
				{signal.sessions === 1 ? "Session" : "Sessions"}
			</a>
		</span>
	);
}
