// Frames that the page may look into: each document that one of them holds, now and later, is watched
// for as long as it is there, and let go of with it.
import type { Guard } from "../../guard.ts";
import { documentOf } from "./nodes.ts";

type FrameElement = HTMLIFrameElement;
type FrameWindow = Window & typeof globalThis;

export interface Frames {
	/** A replay has this frame now. */
	add(frame: FrameElement): void;
	/** Tells of documents that have come into frames, and lets go of frames that have gone. */
	look(): void;
	/** A replay has nothing of what they hold. */
	again(): void;
	/** Watches a window for as long as the document stays in it. */
	watch(window: FrameWindow, document: Document): void;
	stop(): void;
}

export interface FramesOptions {
	guard: Guard;
	onDocument: (frame: FrameElement, document: Document) => void;
	/** @returns an end to the watching */
	onWindow: (window: FrameWindow, document: Document) => () => void;
}

export function createFrames({ guard, onDocument, onWindow }: FramesOptions): Frames {
	const frames = new Map<FrameElement, Document | undefined>();
	const ends = new Map<Document | undefined, () => void>();
	const heard = new WeakSet<FrameElement>();
	const due = new Set<FrameElement>();

	const watch = (window: FrameWindow, document: Document): void => {
		if (!ends.has(document)) ends.set(document, onWindow(window, document));
	};
	const leave = (document: Document | undefined): void => {
		ends.get(document)?.();
		ends.delete(document);
	};
	const tell = (frame: FrameElement): void => {
		const inside = documentOf(frame);
		const before = frames.get(frame);
		if (before !== inside) leave(before);
		frames.set(frame, inside);
		const view = inside?.defaultView;
		if (!view || !inside.documentElement) return;
		watch(view as FrameWindow, inside);
		onDocument(frame, inside);
	};

	return {
		watch,
		add(frame) {
			due.add(frame);
			if (heard.has(frame)) return;
			heard.add(frame);
			frame.addEventListener(
				"load",
				guard.wrap(() => {
					if (frames.has(frame)) tell(frame);
				}),
			);
		},
		look() {
			while (due.size > 0) {
				const frame = due.values().next().value as FrameElement;
				due.delete(frame);
				if (frame.isConnected) tell(frame);
			}
			for (const [frame, inside] of frames) {
				if (frame.isConnected) continue;
				leave(inside);
				frames.delete(frame);
			}
		},
		again() {
			for (const frame of frames.keys()) due.add(frame);
			this.look();
		},
		stop() {
			for (const document of ends.keys()) leave(document);
			frames.clear();
		},
	};
}
