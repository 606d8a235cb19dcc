// The page under the map: a recording rebuilt at the width one wants to see, standing still, at its top.
import type { Backdrop, ReplayEvent } from "../../protocol/api.ts";
import { createStage, type Size } from "../player/stage.ts";
import { findScroller } from "./find-scroller.ts";
import { readReach } from "./page-reach.ts";

/** rrweb's event type and source that carry the size of the viewport. */
const META = 4;
const INCREMENTAL = 3;
const VIEWPORT_RESIZE = 4;

/** What a page is drawn with stands in the recording and comes at once; a broken file must not hold up the map. */
const DRAWN_MS = 500;
/** A layout that is still moving after so many looks never rests. */
const LOOKS = 10;
const LOOK_MS = 30;

export interface BuiltPage {
	readonly document: Document;
	/** Of the whole document, CSS pixels: wider than the window where the page does not get as narrow. */
	readonly size: Size;
	/** Where the document begins: less than 0 in a page that is written from right to left and too wide. */
	readonly left: number;
	/** Of the document, or of `scroller`. */
	scrollTo(y: number): void;
	/** Scrolled in the place of a document that does not; what is not in it stands still. */
	readonly scroller: HTMLElement | undefined;
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
	await wait(20);
	frame.width = String(viewport.width);
	frame.height = String(viewport.height);
	frame.style.display = "block";
	const document = frame.contentDocument;
	if (document === null) throw new Error("The frame of the rebuilt page is gone.");
	frame.contentWindow?.scrollTo(0, 0);
	endAnimations(document);
	await Promise.race([loadAll(document), wait(DRAWN_MS)]);
	const height = await settleHeight(document);
	const scroller = findScroller(document);
	const more = scroller ? scroller.scrollHeight - scroller.clientHeight : 0;
	const scrollTo = (top: number) =>
		(scroller ?? frame.contentWindow)?.scrollTo({ left: 0, top, behavior: "instant" });
	scrollTo(0);
	const { left, right } = readReach(document);
	return {
		document,
		size: {
			width: Math.max(viewport.width, right - left),
			height: Math.max(height, viewport.height) + more,
		},
		left,
		...{ scrollTo, scroller },
		destroy: stage.destroy,
	};
}

/** Pictures that wait to be scrolled to would move what stands below them once they come. */
async function loadAll({ images, fonts }: Document): Promise<void> {
	for (const picture of images) if (picture.loading === "lazy") picture.loading = "eager";
	await Promise.allSettled([...images].map((picture) => picture.decode()));
	await fonts.ready;
}

/**
 * As they end, not as if there were none: what fades in is there then. What goes round for ever stands as
 * it began, and what moves with the scrolling still does.
 */
function endAnimations(document: Document): void {
	for (const animation of document.getAnimations()) {
		if (animation.timeline !== document.timeline) continue;
		const end = Number(animation.effect?.getComputedTiming().endTime ?? 0);
		animation.pause();
		animation.currentTime = 0;
		// One that plays backwards or not at all cannot be finished, and stays where it began.
		if (Number.isFinite(end) && animation.playbackRate > 0) animation.finish();
	}
}

/** Measured until two looks say the same. */
async function settleHeight({ documentElement, body }: Document): Promise<number> {
	let height = 0;
	for (let look = 0; look < LOOKS; look++) {
		const now = Math.max(documentElement.scrollHeight, body?.scrollHeight ?? 0);
		if (now === height) break;
		height = now;
		await wait(LOOK_MS);
	}
	return height;
}

function wait(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
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
