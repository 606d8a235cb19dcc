// The session's screen put together: what it was on top, the picture with its bar, what happened beside.
import { useRef } from "preact/hooks";
import type { Manifest, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import type { Route } from "../routes.ts";
import { FreshnessBanner } from "../ui/freshness-banner.tsx";
import { EpisodeList } from "./episode-list.tsx";
import { EpisodeOutline } from "./episode-outline.tsx";
import { Happenings } from "./happenings.tsx";
import { LiveNotice } from "./live-notice.tsx";
import { PageAddress } from "./page-address.tsx";
import { PlayerControls } from "./player-controls.tsx";
import { ReplayRoom } from "./replay-room.tsx";
import { SessionFacts } from "./session-facts.tsx";
import { SessionHead } from "./session-head.tsx";
import { useEpisodes } from "./use-episodes.ts";
import { useMirroredTime } from "./use-mirrored-time.ts";
import { usePictureSoon } from "./use-picture-soon.ts";
import { usePlayer } from "./use-player.ts";
import { usePlayerAttributes } from "./use-player-attributes.ts";
import { usePlayerKeys } from "./use-player-keys.ts";

interface SessionViewProps {
	site: Site;
	route: Route & { name: "session" };
	manifest: Manifest;
	onReload: () => void;
	takeWorker: () => Worker;
}

export function SessionView(props: SessionViewProps) {
	const { site, route, manifest, onReload, takeWorker } = props;
	const { navigation } = useApp();
	const root = useRef<HTMLDivElement>(null);
	const stageRoot = useRef<HTMLDivElement>(null);
	const copyLink = useRef<HTMLButtonElement>(null);
	const made = usePlayer({
		...{ stageRoot, site: site.id, manifest, at: route.at, takeWorker },
		onStale: onReload,
	});
	const player = made?.player;
	usePictureSoon(manifest, onReload);
	usePlayerAttributes(root, player);
	useMirroredTime(navigation, route, player);
	const [trouble, episodes] = useEpisodes(site.id, manifest);
	usePlayerKeys(player, { markers: manifest.markers, episodes, copyLink });
	return (
		<div class="player" ref={root}>
			<SessionHead site={site} session={manifest.session} />
			<div class="player-main">
				{manifest.session.live && <LiveNotice session={manifest.session} onReload={onReload} />}
				<FreshnessBanner freshness={manifest.freshness} />
				<div class="player-frame">
					<PageAddress manifest={manifest} player={player} />
					<ReplayRoom stageRoot={stageRoot} made={made}>
						{player && <EpisodeOutline {...{ episodes, player, stageRoot }} />}
					</ReplayRoom>
					<PlayerControls {...{ manifest, episodes, player, copyLink }} />
				</div>
			</div>
			<aside class="player-side">
				<EpisodeList answer={trouble} player={player} />
				<SessionFacts manifest={manifest} player={player} />
				<Happenings markers={manifest.markers} player={player} />
			</aside>
		</div>
	);
}
