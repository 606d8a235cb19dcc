// What the proof of fidelity needs of a recorder: that it begins, and that it can be asked to emit what it
// still holds back. An engine that batches changes or slices its snapshots says itself when it has settled.
import type { RrwebEvent } from "../../../protocol/packed-event.ts";

export interface Engine {
	/** Called once the document is parsed. */
	start(emit: (event: RrwebEvent) => void): void;
	/** Resolves when everything that has happened on the page so far has been emitted. */
	settle(): Promise<void>;
}

/** Scroll positions are sampled every 100 ms, frames and sheets are seen once they have loaded. */
const SAMPLED_MS = 150;
/** How media play is sampled every 500 ms. */
const MEDIA_SAMPLED_MS = 550;

/** For an engine that cannot say when it has settled: two frames and the longest time between samples. */
export async function settleByTime(): Promise<void> {
	const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
	await nextFrame();
	await nextFrame();
	const sampled = document.querySelector("audio, video") ? MEDIA_SAMPLED_MS : SAMPLED_MS;
	await new Promise((resolve) => setTimeout(resolve, sampled));
}
