// The rows, and the keys that walk over them. The focus itself moves from link to link, so that Enter
// opens and a screen reader follows without anything of ours.
import { useMemo, useRef } from "preact/hooks";
import type { Session } from "../../protocol/api.ts";
import { type KeyBinding, useKeys } from "../ui/keys.ts";
import { useKeepPlace } from "./keep-place.ts";
import { pinGoingOn } from "./pin-going-on.ts";
import type { SessionList } from "./session-list.ts";
import { SessionRow } from "./session-row.tsx";

const FRESH_MS = 4000;

interface SessionTableProps {
	list: SessionList;
	site: string;
	sessions: readonly Session[];
	now: number;
	onPause: () => void;
}

export function SessionTable({ list: asked, site, sessions, now, onPause }: SessionTableProps) {
	const list = useRef<HTMLTableElement>(null);
	const firstSeen = useFirstSeen(sessions, now);
	useKeepPlace(list, sessions);
	const keys = useMemo<KeyBinding[]>(() => {
		const links = () => [...(list.current?.querySelectorAll<HTMLElement>(".session-link") ?? [])];
		return [
			{ keys: ["j", "ArrowDown"], does: "Next session", run: () => moveFocus(links(), 1) },
			{ keys: ["k", "ArrowUp"], does: "Previous session", run: () => moveFocus(links(), -1) },
			{ keys: ["Enter"], does: "Watch the session", run: () => links()[0]?.click() },
			{ keys: ["p"], does: "Stop or resume the refreshing", run: onPause },
		];
	}, [onPause]);
	useKeys(keys);
	const longestMs = Math.max(...sessions.map(({ durationMs }) => durationMs));
	const mostPresses = Math.max(...sessions.map(({ presses }) => presses));
	const isByFriction = asked.sort === "friction";
	const label = isByFriction ? "Sessions, most friction first" : "Sessions, newest first";
	const [pinned, others] = isByFriction ? pinGoingOn(sessions, now) : [[], sessions];
	const row = (session: Session) => (
		<SessionRow
			key={session.id}
			site={site}
			session={session}
			now={now}
			longestMs={longestMs}
			mostPresses={mostPresses}
			fresh={now - (firstSeen.get(session.id) ?? 0) < FRESH_MS}
		/>
	);
	return (
		<table class="session-table" aria-label={label} ref={list}>
			<thead>
				<tr>
					<th>Started</th>
					<th>Visit</th>
					<th>Visitor</th>
					<th class="number">Pages</th>
					<th class="number">Presses</th>
					<th class="number">Friction</th>
					<th class="number">Length</th>
					<th>Device</th>
				</tr>
			</thead>
			{pinned.length > 0 && (
				<tbody>
					<GroupHead title="Going on now" />
					{pinned.map(row)}
				</tbody>
			)}
			<tbody>
				{pinned.length > 0 && others.length > 0 && <GroupHead title="Most friction first" />}
				{others.map(row)}
			</tbody>
		</table>
	);
}

function GroupHead({ title }: { title: string }) {
	return (
		<tr class="session-group">
			<th colSpan={8} scope="rowgroup">
				{title}
			</th>
		</tr>
	);
}

/** When each row first came in while somebody looked; 0 for those that were there at the beginning. */
function useFirstSeen(sessions: readonly Session[], now: number): ReadonlyMap<string, number> {
	const seen = useRef<Map<string, number> | undefined>(undefined);
	const at = seen.current === undefined ? 0 : now;
	seen.current ??= new Map();
	const newest = Math.max(0, ...[...seen.current.keys()].map(startOf(sessions)));
	for (const { id, startedAt } of sessions) {
		if (!seen.current.has(id)) seen.current.set(id, startedAt >= newest ? at : 0);
	}
	return seen.current;
}

function startOf(sessions: readonly Session[]): (id: string) => number {
	const starts = new Map(sessions.map(({ id, startedAt }) => [id, startedAt]));
	return (id) => starts.get(id) ?? 0;
}

function moveFocus(links: readonly HTMLElement[], by: 1 | -1): void {
	const at = links.indexOf(document.activeElement as HTMLElement);
	const next = at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by));
	links[next]?.focus();
	links[next]?.closest("tr")?.scrollIntoView({ block: "nearest" });
}
