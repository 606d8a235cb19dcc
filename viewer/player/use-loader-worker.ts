// The loader's worker is started with the screen, so that it stands when the manifest comes.
import { useCallback, useLayoutEffect, useRef } from "preact/hooks";
import { createLoaderWorker } from "./loader-client.ts";

/** @returns gives a worker to who closes it: the one that was started, later new ones */
export function useLoaderWorker(): () => Worker {
	const ready = useRef<Worker | undefined>(undefined);
	useLayoutEffect(() => {
		ready.current = createLoaderWorker();
		return () => ready.current?.terminate();
	}, []);
	return useCallback(() => {
		const worker = ready.current ?? createLoaderWorker();
		ready.current = undefined;
		return worker;
	}, []);
}
