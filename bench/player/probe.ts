// Runs inside the measured page, ours and the rival's alike: it only looks at what is shown, so that
// both are measured by the same eyes. A recorded page is shown when a visible frame holds it; which
// state it is in is told by the text of one node.

export interface SeekResult {
	/** Input to the second animation frame that shows the wanted state; -1 where it never did. */
	ms: number;
	/** Longest task of the main thread meanwhile. */
	taskMs: number;
	/** What was shown when the time was up. */
	shown: string;
}

export interface Probe {
	/** From the navigation to the second animation frame that shows a rebuilt page, ms. */
	firstFrameMs: number | undefined;
	seek(act: () => void, step: number): Promise<SeekResult>;
}

declare global {
	interface Window {
		benchProbe: Probe;
	}
}

/** Handed to the browser as source text: nothing outside of it can be reached. */
export function installProbe(): void {
	const GIVE_UP_MS = 15_000;
	if (window !== window.top) return;
	const isShown = (frame: HTMLIFrameElement) =>
		frame.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
		frame.getBoundingClientRect().width > 0;
	const readShown = (): string => {
		const frame = [...document.querySelectorAll("iframe")].findLast(isShown);
		return frame?.contentDocument?.getElementById("step")?.textContent ?? "";
	};
	const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

	let longest = 0;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
	}).observe({ type: "longtask" });

	const probe: Probe = {
		firstFrameMs: undefined,
		async seek(act, step) {
			longest = 0;
			const before = performance.now();
			act();
			const wanted = `step ${step}`;
			while (performance.now() - before < GIVE_UP_MS) {
				await nextFrame();
				if (readShown() !== wanted) continue;
				await nextFrame();
				const ms = performance.now() - before;
				// A task is told of only when it is over.
				await new Promise((resolve) => setTimeout(resolve, 50));
				return { ms, taskMs: longest, shown: readShown() };
			}
			return { ms: -1, taskMs: longest, shown: readShown() };
		},
	};
	window.benchProbe = probe;
	const watch = async (): Promise<void> => {
		while (readShown() === "") await nextFrame();
		await nextFrame();
		probe.firstFrameMs = performance.now();
	};
	void watch();
}
