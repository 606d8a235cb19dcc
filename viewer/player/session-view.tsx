// The session's screen put together: what it was on top, the picture with its bar, what happened beside.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Manifest, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import type { Route } from "../routes.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { Happenings } from "./happenings.tsx";
import { LiveNotice } from "./live-notice.tsx";
import { PlayerControls } from "./player-controls.tsx";
import { ReplayRoom } from "./replay-room.tsx";
import { SessionFacts } from "./session-facts.tsx";
import { SessionHead } from "./session-head.tsx";
import { TabChips } from "./tab-chips.tsx";
import { useEvents } from "./use-events.ts";
import { useMirroredTime } from "./use-mirrored-time.ts";
import { usePlayback } from "./use-playback.ts";
import { usePlayerAttributes } from "./use-player-attributes.ts";
import { usePlayerKeys } from "./use-player-keys.ts";

interface SessionViewProps {
	site: Site;
	route: Route & { name: "session" };
	manifest: Manifest;
	onReload: () => void;
}

export function SessionView({ site, route, manifest, onReload }: SessionViewProps) {
	const { navigation } = useApp();
	const root = useRef<HTMLDivElement>(null);
	const stageRoot = useRef<HTMLDivElement>(null);
	const copyLink = useRef<HTMLButtonElement>(null);
	const tab = useSignal("");
	const [events, again] = useEvents(site.id, manifest, tab.value);
	const { playback, size, problem } = usePlayback({ stageRoot, manifest, events, at: route.at });
	usePlayerAttributes(root, playback, problem === undefined ? events.state : "failed");
	useMirroredTime(navigation, route, playback);
	usePlayerKeys(playback, manifest.markers, copyLink);
	return (
		<div class="player" ref={root}>
			<SessionHead site={site} session={manifest.session} />
			<div class="player-main">
				{manifest.session.live && <LiveNotice session={manifest.session} onReload={onReload} />}
				<FreshnessBanner freshness={manifest.freshness} />
				<div class="player-frame">
					<TabChips manifest={manifest} tab={tab} playback={playback} />
					<ReplayRoom
						stageRoot={stageRoot}
						size={size}
						events={events}
						problem={problem}
						playback={playback}
						onRetry={again}
					/>
					<PlayerControls manifest={manifest} playback={playback} copyLink={copyLink} />
				</div>
			</div>
			<aside class="player-side">
				<SessionFacts manifest={manifest} />
				<Happenings markers={manifest.markers} playback={playback} />
			</aside>
		</div>
	);
}
