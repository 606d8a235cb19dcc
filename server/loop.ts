// Work that is done again and again for as long as the server runs.

export interface Loop {
	start(): void;
	/** Resolves when the work that runs is done. */
	stop(): Promise<void>;
}

/** @param work says after how many ms it is to be done again, as does what is to be done where it fails */
export function createLoop(work: () => Promise<number>, onError: (error: unknown) => number): Loop {
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> = Promise.resolve();
	let isStopped = false;
	const once = async (): Promise<void> => {
		const ms = await work().catch(onError);
		if (!isStopped) timer = setTimeout(start, ms);
	};
	const start = (): void => {
		running = once();
	};
	return {
		start,
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}
