// A stream of events, folded into the page it leads to: applied one by one to a tree without a browser, as
// rrweb's replayer would apply them to one with it. From the tree a keyframe can be written at any instant,
// from which a replay can start as if it had played all that came before. The same page as the replayer
// shows is what counts, with its habits; `test/slow/fold-proof.test.ts` compares the two in a browser.
//
// What is not known for certain is never guessed. It is named and counted, and there are no keyframes until
// the recording brings a snapshot of its own, with which everything starts anew.
import { buildDocument } from "./fold-build.ts";
import { applyInput } from "./fold-inputs.ts";
import { applyMedia, readMedia } from "./fold-media.ts";
import { applyMutation } from "./fold-mutation.ts";
import { createPointer } from "./fold-pointer.ts";
import { tickTree } from "./fold-radios.ts";
import { applyAdopted, applySheetChange } from "./fold-sheets.ts";
import { encodePage } from "./fold-snapshot.ts";
import { createStranded } from "./fold-stranded.ts";
import { encodeTail } from "./fold-tail.ts";
import { childrenOf, type FoldNode, liveOf, type Page, REFUSED } from "./fold-tree.ts";
import type { RawEvent } from "./scrub.ts";
import { type Fields, isRecord } from "./scrub-node.ts";
import { isStillPartial } from "./whole-page.ts";

export interface Fold {
	/** Applies one scrubbed event of one stream, in time order. Never throws. */
	apply(event: RawEvent): void;
	/** Nodes of the page as it stands; 0 before the first full snapshot. */
	readonly nodes: number;
	/** Operations since the last full snapshot that could not be folded, by name: empty means exact. */
	readonly unfolded: ReadonlyMap<string, number>;
	/**
	 * Events from which a replay at `at` can start: Meta, FullSnapshot, then what a snapshot cannot carry.
	 * Where the page was not told as a whole yet, its snapshot is marked as the recorded one is. Undefined before the first snapshot, where something could not be folded, and while the page is
	 * empty. The objects are the fold's own: to be serialised before the next `apply`, and not to be
	 * changed.
	 */
	keyframe(at: number): RawEvent[] | undefined;
}

const FULL_SNAPSHOT = 2;
const INCREMENTAL = 3;
const META = 4;

const MUTATION = 0;
const MOUSE_MOVE = 1;
const MOUSE_INTERACTION = 2;
const SCROLL = 3;
const VIEWPORT_RESIZE = 4;
const INPUT = 5;
const TOUCH_MOVE = 6;
const MEDIA_INTERACTION = 7;
const STYLE_RULE = 8;
const FONT = 10;
const DRAG = 12;
const STYLE_DECLARATION = 13;
const SELECTION = 14;
const ADOPTED_STYLE_SHEET = 15;

/** Characters of font sources a page may bring. */
const FONTS_MAX = 8 * 1024 * 1024;

export function createFold(): Fold {
	let meta: Fields = { href: "", width: 0, height: 0 };
	let state: State | undefined;
	let isPartial = false;
	const unfolded = new Map<string, number>();
	const miss = (name: string) => unfolded.set(name, (unfolded.get(name) ?? 0) + 1);

	function applyGuarded({ type, data, timestamp }: RawEvent): void {
		if (!isRecord(data)) return;
		isPartial = isStillPartial({ type, data }, isPartial);
		if (type === META) meta = { href: data.href, width: data.width, height: data.height };
		else if (type === FULL_SNAPSHOT) {
			unfolded.clear();
			state = undefined;
			state = createState(data, timestamp, miss);
		} else if (type === INCREMENTAL) {
			if (data.source === VIEWPORT_RESIZE)
				meta = { ...meta, width: data.width, height: data.height };
			else if (state !== undefined) applyIncrement(state, data, timestamp);
		}
	}

	function keyframe(at: number): RawEvent[] | undefined {
		const root = state?.page.root;
		if (state === undefined || root === undefined || unfolded.size > 0) return undefined;
		// A replayer needs an element to put its own style into; a page that is just written has none.
		if (![...childrenOf(root)].some(({ tag }) => tag === "html")) return undefined;
		const { page, pointer, fonts } = state;
		const snapshot = encodePage(page, root);
		const tail = encodeTail({ page, snapshot, fonts: [...fonts.values()], pointer, at });
		for (const name of snapshot.misses) miss(name);
		if (unfolded.size > 0) return undefined;
		// Scrolling makes a browser lay out the page, so it is done once, behind what changes the layout.
		const initialOffset = { left: 0, top: 0 };
		const { node } = snapshot;
		const mark = isPartial ? { isPartial } : {};
		return [
			{ type: META, data: meta, timestamp: at },
			{ type: FULL_SNAPSHOT, data: { node, initialOffset, ...mark }, timestamp: at },
			...tail.map((data) => ({ type: INCREMENTAL, data, timestamp: at })),
		];
	}

	return {
		apply(event) {
			try {
				applyGuarded(event);
			} catch {
				miss(state === undefined ? "snapshot" : "event");
			}
		},
		get nodes() {
			return state === undefined ? 0 : Math.max(0, state.page.mirror.size - state.page.stranded);
		},
		unfolded,
		keyframe,
	};
}

interface State {
	page: Page;
	fonts: Map<string, Fields>;
	fontSize: number;
	pointer: ReturnType<typeof createPointer>;
}

/** @throws where the replayer would not show the snapshot */
function createState(data: Fields, at: number, miss: Page["miss"]): State {
	const mirror = new Map<number, FoldNode>();
	const stranded = createStranded(mirror);
	const page: Page = {
		mirror,
		root: undefined,
		order: 0,
		looks: 0,
		builds: 0,
		lowestId: 0,
		documents: [],
		ticked: new Set(),
		sheets: new Map(),
		miss,
		strand: stranded.strand,
		get stranded() {
			return stranded.stranded;
		},
	};
	if (!isRecord(data.node)) throw REFUSED;
	page.root = buildDocument(page, data.node);
	if (page.root === undefined) throw REFUSED;
	tickTree(page, page.root);
	readMedia(page.root, at);
	const { left, top } = isRecord(data.initialOffset) ? data.initialOffset : {};
	if (left || top) applyScroll(page, { id: page.root.id, x: left, y: top });
	return {
		page,
		fonts: new Map(),
		fontSize: 0,
		pointer: createPointer(),
	};
}

function applyIncrement(state: State, data: Fields, at: number): void {
	const { page, pointer } = state;
	switch (data.source) {
		case MUTATION:
			applyMutation(page, data);
			break;
		case MOUSE_MOVE:
		case TOUCH_MOVE:
		case DRAG:
		case MOUSE_INTERACTION:
		case SELECTION:
			pointer.apply(page, data);
			break;
		case SCROLL:
			applyScroll(page, data);
			break;
		case INPUT:
			applyInput(page, data);
			break;
		case MEDIA_INTERACTION:
			applyMedia(page, data, at);
			break;
		case STYLE_RULE:
		case STYLE_DECLARATION:
			applySheetChange(page, data);
			break;
		case ADOPTED_STYLE_SHEET:
			applyAdopted(page, data);
			break;
		case FONT:
			addFont(state, data);
			break;
		// Custom elements are defined by the nodes that use them; canvases and logs are not replayed.
	}
}

function applyScroll(page: Page, { id, x, y }: Fields): void {
	const node = page.mirror.get(id as number);
	if (node === undefined || typeof x !== "number" || typeof y !== "number") return;
	liveOf(node).scroll = { x, y };
}

function addFont(state: State, data: Fields): void {
	const { family, fontSource, buffer, descriptors } = data;
	const name = JSON.stringify([family, fontSource, descriptors]);
	if (state.fonts.has(name)) return;
	state.fontSize += name.length;
	if (state.fontSize > FONTS_MAX) state.page.miss("fonts");
	else state.fonts.set(name, { source: FONT, family, fontSource, buffer, descriptors });
}
