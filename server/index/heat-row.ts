// What heatmaps are counted from: rows of presses, of page views and of what keys stand for.
import type { IndexedElement } from "./indexed-session.ts";

/** Bits of `flags` in presses and shown. */
export const HEAT_FLAGS = {
	/** First of its session on this page and key; of a view: first of its session on this page. */
	new: 1,
	/** First of its page view on this key. */
	newInView: 2,
	/** First press of its page view, and the first such on this page and key. */
	first: 4,
	firstNew: 8,
	/** Last press before the session's exit. */
	last: 16,
	/** Its page view is the session's last one. */
	exit: 32,
	/** The session's presses on this page and key (its views of this page) differ in this, or in orientation. */
	mixedWidth: 64,
	mixedPointer: 128,
	mixedState: 256,
	mixedPath: 512,
	/** There are some on other pages too. */
	mixedPage: 1024,
	/** Part of such a signal. */
	rage: 2048,
	dead: 4096,
	error: 8192,
} as const;

export const POINTER_BITS = { key: 0, mouse: 1, touch: 2 } as const;
export type Pointer = keyof typeof POINTER_BITS;

export interface Visited {
	site: number;
	day: string;
	session: string;
	/** A number of the session by chance, by which some of many are read. */
	draw: number;
	view: string;
	page: string;
	view_at: number;
	/** When the first page view of the session began: periods take sessions whole. */
	began: number;
	path: string;
	browser: string;
	os: string;
	device: string;
	language: string;
	automated: number;
	variants: string[];
	next: string;
}

/** Hashes are decimal: JSON has no numbers of 64 bits. */
export interface PressRow extends Visited {
	key: string;
	at: number;
	tab: string;
	viewport_width: number;
	viewport_height: number;
	pointer: Pointer;
	state: string;
	layer: string;
	bin: number;
	flags: number;
	hints: number;
}

export interface ShownRow extends Visited {
	viewport_width: number;
	viewport_height: number;
	other_widths: number[];
	pointers: number;
	flags: number;
	presses: number;
	visible_ms: number;
	exposed: string[];
	new_exposed: string[];
	/** In twentieths of the document. */
	reach: number;
	height: number;
	attention: number[];
	dwell_cells: number[];
	dwell_ms: number[];
}

export interface KeyRow extends Omit<IndexedElement, "stream" | "element" | "repeatable"> {
	site: number;
	day: string;
	session: string;
	hash: string;
	version: string;
}

export interface HeatRows {
	presses: PressRow[];
	shown: ShownRow[];
	keys: KeyRow[];
}

/** Columns of the document that a cell of `dwell_cells` may have. */
export const DWELL_COLUMNS = 65_536;

/** How the window is held: "" where its height is not known. */
export function orientationOf(
	of: Pick<PressRow, "viewport_width" | "viewport_height">,
): "portrait" | "landscape" | "" {
	if (of.viewport_height === 0) return "";
	return of.viewport_height >= of.viewport_width ? "portrait" : "landscape";
}
