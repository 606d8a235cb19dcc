// Somebody who opens a visit in its first seconds may be there before the picture of its page: what
// happened is sent at once, the page a moment later. Then the manifest is read again until it has one.
import { useEffect } from "preact/hooks";
import type { Manifest } from "../../protocol/api.ts";
import { isGoingOn } from "../sessions/is-going-on.ts";

const AGAIN_MS = 1000;

/** @param onReload reads the manifest again; each new one starts the wait anew */
export function usePictureSoon(manifest: Manifest, onReload: () => void): void {
	useEffect(() => {
		if (manifest.keyframes.length > 0 || !isGoingOn(manifest.session, Date.now())) return;
		const timer = setTimeout(onReload, AGAIN_MS);
		return () => clearTimeout(timer);
	}, [manifest, onReload]);
}
