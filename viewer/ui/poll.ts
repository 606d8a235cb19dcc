// Asks again and again while somebody looks: never two at once, never in a hidden tab.

/**
 * @param ask is run at once, then `everyMs` after its last end; its signal aborts when watching ends
 * @returns stops
 */
export function watchPoll(
	ask: (signal: AbortSignal) => Promise<void>,
	everyMs: number,
): () => void {
	const stop = new AbortController();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let asking = false;
	const run = async () => {
		clearTimeout(timer);
		if (asking || stop.signal.aborted || document.visibilityState === "hidden") return;
		asking = true;
		await ask(stop.signal);
		asking = false;
		if (!stop.signal.aborted) timer = setTimeout(run, everyMs);
	};
	document.addEventListener("visibilitychange", run, { signal: stop.signal });
	void run();
	return () => {
		clearTimeout(timer);
		stop.abort();
	};
}
