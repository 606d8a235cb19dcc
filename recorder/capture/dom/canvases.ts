// Pictures of what is drawn on canvases, for sites that want them (`features.canvas`): at most one a second of
// each that is on the screen, small and lossy, and only where it is another than before. A replay shows them as
// the background of the canvas, by a change of its style in rrweb's format, so that whoever plays or folds events
// needs to know nothing of canvases, and no frame has to run scripts.
//
// Contexts are neither patched nor asked for: to ask is to make one, and to keep a drawing buffer costs the page.
// So a canvas of WebGL is read in the frame in which the page draws on it, and where it has drawn nothing just
// then, it reads as blank; blank ones are left out, whatever they were cleared by.
//
// `createImageBitmap` was rejected: it copies the whole canvas first, where drawing scales it down at once.
import type { Governor } from "../../governor.ts";
import type { Guard } from "../../guard.ts";
import { native, startTimer } from "../../native.ts";
import { BLOCK, MASK } from "../../privacy/private-content.ts";
import { isWithin } from "./nodes.ts";

/** @param id by which a replay knows the element */
export type ReadAttributes = (element: Element, id: number) => Record<string, unknown> | undefined;
/** Tells attributes of an element if a replay has it and `read` gives some. */
export type TellAttributes = (element: Element, read: ReadAttributes) => void;
type Watch = (canvas: Element, tell: TellAttributes) => void;

const EVERY_MS = 1000;
/** Of all that are on the screen so many at a time, the others next time. */
const AT_ONCE = 4;
/** The longer side of a picture, in pixels: halved for a canvas whose pictures are too large. */
const MOST_SIDE = 1280;
const LEAST_SIDE = 160;
const QUALITY = 0.4;
const PICTURE_BYTES = 64 * 1024;
/** What may be told at once, and how fast it is earned again: in four hours 28 MB. */
const BURST_LENGTH = 512 * 1024;
const LENGTH_PER_MS = 2;
const PRIVATE = [BLOCK, MASK, "data-snag-ignore"];

/** @returns a function that watches one more canvas, for as long as a replay has it */
export function watchCanvases(guard: Guard, governor: Governor): Watch {
	const canvases = new Map<Element, TellAttributes>();
	const nextFrame = native("requestAnimationFrame");
	const clock = performance.now.bind(performance);
	/** On the screen, the one that waits longest first. */
	const seen = new Set<Element>();
	/** Of another origin by what was drawn on them: they may not be read. */
	const closed = new WeakSet<Element>();
	const sides = new WeakMap<Element, number>();
	/** What one of its size looks like on which nothing is drawn. */
	const blanks = new WeakMap<Element, [size: string, url: string]>();
	const pictures = new WeakMap<Element, string>();
	/** What a replay has of a canvas. */
	const told = new WeakMap<Element, string>();
	let isWaiting = false;
	let left = BURST_LENGTH;
	let at = clock();

	const observer = new IntersectionObserver(
		guard.wrap((entries) => {
			for (const { target, isIntersecting } of entries)
				seen[isIntersecting ? "add" : "delete"](target);
		}),
	);
	/** Of their content; told by the browser, so that nothing has to be laid out for it. */
	const sizes = new WeakMap<Element, DOMRectReadOnly>();
	const resizes = new ResizeObserver(
		guard.wrap((entries) => {
			for (const { target, contentRect } of entries) sizes.set(target, contentRect);
		}),
	);
	const isOpen = (canvas: Element): boolean =>
		!closed.has(canvas) && !PRIVATE.some((mark) => isWithin(canvas, mark));

	/** @returns its picture as a URL; undefined where it is blank or cannot be read */
	const take = guard.wrap(async (canvas: HTMLCanvasElement): Promise<string | undefined> => {
		try {
			if (canvas.width * canvas.height === 0) return undefined;
			const side = sides.get(canvas) ?? MOST_SIDE;
			const picture = await encode(draw(canvas, side, true));
			if (picture.size > PICTURE_BYTES) {
				sides.set(canvas, Math.max(LEAST_SIDE, side / 2));
				return undefined;
			}
			const url = await readUrl(picture);
			const size = `${canvas.width} ${canvas.height} ${side}`;
			let blank = blanks.get(canvas);
			if (blank?.[0] !== size) {
				blank = [size, await readUrl(await encode(draw(canvas, side, false)))];
				blanks.set(canvas, blank);
			}
			return url === blank[1] ? undefined : url;
		} catch {
			// It shows what is of another origin, or cannot be read for another reason: no error of ours.
			closed.add(canvas);
			return undefined;
		}
	});
	const tellPicture = guard.wrap((canvas: HTMLCanvasElement, taken: string | undefined) => {
		if (taken) pictures.set(canvas, taken);
		const picture = pictures.get(canvas) ?? "";
		const time = clock();
		left = Math.min(BURST_LENGTH, left + (time - at) * LENGTH_PER_MS);
		at = time;
		let isThere = false;
		canvases.get(canvas)?.(canvas, (_, id) => {
			isThere = true;
			// The page's own style takes ours away, and a canvas that was told anew has none.
			const style = { ...layOut(canvas, sizes.get(canvas)), ...paint(picture) };
			const state = `${id} ${canvas.getAttribute("style")} ${JSON.stringify(style)}`;
			if (!picture || !isOpen(canvas) || picture.length > left) return undefined;
			if (told.get(canvas) === state) return undefined;
			told.set(canvas, state);
			left -= picture.length;
			return { style };
		});
		if (!isThere) forget(canvas);
	});
	const look = guard.wrap(() => {
		const due = [...seen].filter(isOpen).slice(0, governor.step() > 0 ? 0 : AT_ONCE);
		for (const canvas of due) {
			seen.delete(canvas);
			seen.add(canvas);
		}
		const taken = (due as HTMLCanvasElement[]).map(async (canvas) =>
			tellPicture(canvas, await take(canvas)),
		);
		void Promise.all(taken).then(wait, wait);
	});
	const turn = guard.wrap(() => {
		for (const canvas of canvases.keys()) if (!canvas.isConnected) forget(canvas);
		isWaiting = canvases.size > 0;
		// In a frame, after the page has drawn, and never of a page that nobody sees.
		if (isWaiting) nextFrame(look);
	});
	const forget = (canvas: Element): void => {
		canvases.delete(canvas);
		seen.delete(canvas);
		observer.unobserve(canvas);
		resizes.unobserve(canvas);
	};
	const wait = (): void => void startTimer(turn, EVERY_MS);
	return guard.wrap((canvas, tell) => {
		canvases.set(canvas, tell);
		observer.observe(canvas);
		resizes.observe(canvas);
		if (isWaiting) return;
		isWaiting = true;
		wait();
	});
}

/** @param isWhole else a sheet of the same size with nothing on it */
function draw(canvas: HTMLCanvasElement, side: number, isWhole: boolean): OffscreenCanvas {
	const { width, height } = canvas;
	const scale = Math.min(1, side / Math.max(width, height));
	const sheet = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
	const context = sheet.getContext("2d");
	if (isWhole) context?.drawImage(canvas, 0, 0, sheet.width, sheet.height);
	return sheet;
}

function encode(sheet: OffscreenCanvas): Promise<Blob> {
	return sheet.convertToBlob({ type: "image/webp", quality: QUALITY });
}

/** By the browser's own hand: bytes of base 64 are not made here. */
function readUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = reject;
		reader.readAsDataURL(blob);
	});
}

type Style = Record<string, [value: string, priority: string]>;

/** In a frame without scripts a canvas is an empty inline element, whatever its width and height say. */
function layOut(canvas: Element, size: DOMRectReadOnly | undefined): Style {
	const { display } = getComputedStyle(canvas);
	return important({
		...(size && { width: `${size.width}px`, height: `${size.height}px` }),
		...{ "box-sizing": "content-box", display: display === "inline" ? "inline-block" : display },
	});
}

/** Colours of the page stay where the canvas lets them through. */
function paint(picture: string): Style {
	return important({
		...{ "background-image": `url(${picture})`, "background-size": "100% 100%" },
		...{ "background-position": "0 0", "background-repeat": "no-repeat" },
		"background-origin": "content-box",
	});
}

/** As rrweb takes a value with its priority. */
function important(style: Record<string, string>): Style {
	return Object.fromEntries(
		Object.entries(style).map(([name, value]) => [name, [value, "important"]]),
	);
}
