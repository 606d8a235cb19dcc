// The loader's worker is started with the screen, so that it stands when the manifest comes, and is told of
// the manifest before the screen is drawn.
import { useLayoutEffect, useMemo } from "preact/hooks";
import type { Manifest } from "../../protocol/api.ts";
import { createLoaderWorker, primeLoader } from "./loader-client.ts";

export interface EarlyWorker {
	/** Fetches what the first picture at an instant needs, ms from the session's start. */
	prime(manifest: Manifest, at: number): void;
	/** Gives the worker to who closes it: the one that was started, later new ones. */
	take(): Worker;
}

/** @param url where the parts are, up to their names */
export function useLoaderWorker(url: string): EarlyWorker {
	const early = useMemo(() => createEarlyWorker(url), [url]);
	useLayoutEffect(() => early.start(), [early]);
	return early;
}

function createEarlyWorker(url: string) {
	let worker: Worker | undefined;
	return {
		/** @returns stops */
		start() {
			worker = createLoaderWorker();
			return () => worker?.terminate();
		},
		prime(manifest: Manifest, at: number) {
			if (worker !== undefined) primeLoader(worker, { manifest, url, at });
		},
		take() {
			const taken = worker ?? createLoaderWorker();
			worker = undefined;
			return taken;
		},
	};
}
