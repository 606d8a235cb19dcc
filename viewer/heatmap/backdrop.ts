// The page under the map: a recording rebuilt at the width one wants to see, standing still, at its top.
import type { Backdrop, ReplayEvent } from "../../protocol/api.ts";
import { createStage, type Size } from "../player/stage.ts";

/** rrweb's event type and source that carry the size of the viewport. */
const META = 4;
const INCREMENTAL = 3;
const VIEWPORT_RESIZE = 4;

/** Fonts of the recording are inlined and settle at once; a broken one must not hold up the map. */
const FONTS_MS = 500;

export interface BuiltPage {
	readonly document: Document;
	/** Of the whole document, CSS pixels. */
	readonly size: Size;
	scrollTo(y: number): void;
	destroy(): void;
}

/** @throws where the recording cannot be rebuilt */
export async function buildPage(
	root: HTMLElement,
	backdrop: Backdrop,
	viewport: Size,
): Promise<BuiltPage> {
	const stage = createStage({
		root,
		events: resizeEvents(backdrop.events, viewport),
		onResize: () => undefined,
	});
	const { frame } = stage;
	stage.seek(backdrop.at, false);
	// rrweb's first picture, drawn by a timer, must not come after ours.
	await new Promise((done) => setTimeout(done, 20));
	frame.width = String(viewport.width);
	frame.height = String(viewport.height);
	frame.style.display = "block";
	const document = frame.contentDocument;
	if (document === null) throw new Error("The frame of the rebuilt page is gone.");
	await Promise.race([document.fonts.ready, new Promise((done) => setTimeout(done, FONTS_MS))]);
	const scrollTo = (y: number) =>
		frame.contentWindow?.scrollTo({ left: 0, top: y, behavior: "instant" });
	scrollTo(0);
	const { documentElement, body } = document;
	return {
		document,
		size: {
			width: viewport.width,
			height: Math.max(documentElement.scrollHeight, body?.scrollHeight ?? 0, viewport.height),
		},
		scrollTo,
		destroy: stage.destroy,
	};
}

/** Every viewport in the recording becomes the wanted one, so that the page is laid out for it. */
export function resizeEvents(events: readonly ReplayEvent[], viewport: Size): ReplayEvent[] {
	return events.map((event) => {
		const data = event.data as { source?: number } | undefined;
		const resizes =
			event.type === META || (event.type === INCREMENTAL && data?.source === VIEWPORT_RESIZE);
		return resizes ? { ...event, data: { ...data, ...viewport } } : event;
	});
}
