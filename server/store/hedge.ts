// A request that may be repeated without harm, sent until it is answered: a second one goes out when the
// first is silent for long, since one slow machine behind a store must not hold up everybody; a failed
// one is followed by another after a pause. All of them count against one number, so that a store in
// trouble is asked three times, not three times two times three; whoever wants to give up earlier aborts.
// Retries of the S3 client itself are not used: they know neither hedges nor the time that is left.

export interface Patience {
	/** A single request that takes longer has failed. */
	requestMs: number;
	/** Silence after which a second request goes out beside the first. */
	hedgeMs: number;
	/** Requests in all. */
	requests: number;
	/** Pause after the first failure; each further one doubles it. */
	pauseMs: number;
}

export interface HedgeOptions extends Patience {
	/** No repetition mends this. */
	isHopeless: (cause: unknown) => boolean;
	signal?: AbortSignal | undefined;
}

/** @throws what the last request failed with, or the reason of the signal */
export function hedge<T>(
	send: (signal: AbortSignal) => Promise<T>,
	options: HedgeOptions,
): Promise<T> {
	return new Promise((resolve, reject) => {
		const all = new AbortController();
		const timers = new Set<NodeJS.Timeout>();
		let started = 0;
		let pending = 0;
		let failures = 0;
		let isOver = false;

		const later = (work: () => void, ms: number): NodeJS.Timeout => {
			const timer = setTimeout(work, ms);
			timers.add(timer);
			return timer;
		};
		const end = (settle: () => void): void => {
			if (isOver) return;
			isOver = true;
			for (const timer of timers) clearTimeout(timer);
			options.signal?.removeEventListener("abort", giveUp);
			settle();
			all.abort();
		};
		const giveUp = (): void => end(() => reject(options.signal?.reason));
		const fail = (cause: unknown): void => {
			if (isOver) return;
			failures++;
			const isLast = options.isHopeless(cause) || failures === options.requests;
			if (isLast) end(() => reject(cause));
			else if (started < options.requests) {
				started++;
				later(request, options.pauseMs * 2 ** (failures - 1));
			}
		};
		const request = (): void => {
			pending++;
			const one = new AbortController();
			const stop = () => one.abort(new Error(`no answer within ${options.requestMs} ms`));
			const timer = later(stop, options.requestMs);
			all.signal.addEventListener("abort", stop, { once: true });
			send(one.signal)
				.then((value) => end(() => resolve(value)), fail)
				.finally(() => {
					pending--;
					clearTimeout(timer);
					timers.delete(timer);
					all.signal.removeEventListener("abort", stop);
				});
		};

		if (options.signal?.aborted) return giveUp();
		options.signal?.addEventListener("abort", giveUp);
		started = 1;
		request();
		later(() => {
			if (pending === 0 || started >= options.requests) return;
			started++;
			request();
		}, options.hedgeMs);
	});
}
