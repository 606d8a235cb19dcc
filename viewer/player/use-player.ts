// Makes the player when its room is there, tells it of newer manifests, and takes it down with the screen.
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Manifest } from "../../protocol/api.ts";
import { useApp } from "../context.ts";
import { startLoader } from "./loader-client.ts";
import { createPlayer, type Player } from "./player.ts";
import { useRemembered } from "./remembered.ts";
import { createSurfaces, type Surfaces } from "./surfaces.ts";

interface PlayerInput {
	stageRoot: RefObject<HTMLElement | null>;
	site: string;
	manifest: Manifest;
	/** Where to stand first, ms from the session's start. */
	at: number;
	onStale: () => void;
	/** The loader's worker, which takes longer to start than a manifest to come. */
	takeWorker: () => Worker;
}

export interface MadePlayer {
	player: Player;
	surfaces: Surfaces;
}

/** @returns undefined until the screen stands */
export function usePlayer(input: PlayerInput): MadePlayer | undefined {
	const { stageRoot, site, manifest, at, onStale, takeWorker } = input;
	const { api } = useApp();
	const [made, setMade] = useState<MadePlayer | undefined>(undefined);
	const skipInactive = useRemembered("snag-skip-inactive", true);
	const stale = useRef(onStale);
	stale.current = onStale;
	const first = useRef({ manifest, at });
	const session = manifest.session.id;
	// Not behind the first paint, because the picture is what one waits for.
	useLayoutEffect(() => {
		const root = stageRoot.current;
		if (root === null) return;
		const surfaces = createSurfaces(root);
		const player = createPlayer({
			manifest: first.current.manifest,
			url: api.partUrl(site, session, ""),
			surfaces,
			skipInactive,
			startLoader: (onReport) => startLoader(takeWorker(), onReport),
			onStale: () => stale.current(),
		});
		player.seek(first.current.at);
		setMade({ player, surfaces });
		return () => {
			player.destroy();
			setMade(undefined);
		};
	}, [stageRoot, api, site, session, skipInactive, takeWorker]);
	useEffect(() => {
		if (made === undefined) return;
		if (manifest !== first.current.manifest) made.player.update(manifest);
		first.current.manifest = manifest;
	}, [made, manifest]);
	return made;
}
