// Records the document and its changes as rrweb's events, by our own hand. This file says when: what has
// changed is told together, in a pause of the page where there is one, at the latest a tenth of a second
// after it was seen and always before anything else is told. A large document follows its first part in
// slices, so that no page waits for us. One file, as all of it decides what is told before what.

import { cleanUrl } from "../../../protocol/clean-url.ts";
import {
	PACKED_FRAME,
	PACKED_MUTATION,
	PACKED_SNAPSHOT,
	SNAPSHOT_COMPLETE,
} from "../../../protocol/packed-event.ts";
import type { Guard } from "../../guard.ts";
import { attributeNamesOf, NativeObserver, startTimer, stopTimer } from "../../native.ts";
import type { Privacy } from "../../privacy/private-content.ts";
import { whenIdle } from "../../when-idle.ts";
import type { Refer } from "./absolute-css.ts";
import type { Budget } from "./build-tree.ts";
import type { ReadAttributes, TellAttributes } from "./canvases.ts";
import { CUSTOM, type DomEvent, INCREMENTAL, META } from "./dom-event.ts";
import { findSeen } from "./find-seen.ts";
import { createFrames } from "./frames.ts";
import { createInteractions } from "./interactions.ts";
import { createNodes, hostOf, isBlocked } from "./nodes.ts";
import { type Host, patchMethod } from "./patch-method.ts";
import { type Attributes, createSerializer } from "./serialize.ts";
import { createSheets } from "./sheets.ts";
import { createTree } from "./tree.ts";

export interface DomWatch {
	/** Records the document as it is now, as at the beginning of a stream. */
	snapshot(): void;
	/** Tells what was seen and not told yet. */
	flush(): void;
	/** Has a part of the document still to follow? */
	hasMore(): boolean;
	/** 0 is the usual pace, 1 tells changes together, 2 tells them slowly. */
	pace(step: number): void;
	/** Of a linked sheet that cannot be kept as a file, its rules. */
	tellLinked(url: string): void;
	stop(): void;
}

/** By pace: at least, so that what frames of one change do is told once; and how much longer for a pause. */
const BATCH_MS = [66, 250, 1000];
const PAUSE_MS = 34;
/** Of a document at once; what the visitor sees comes first, the rest follows in slices. */
const SLICE_NODES = 2000;
const SLICE_MS = 8;
/** Of a change, what there is time for. */
const CHANGE_NODES = 1e6;
/** The first one, whose code runs for the first time, and a change of the page may take longer. */
const FIRST_MS = 30;

const OBSERVED: MutationObserverInit = {
	...{ childList: true, subtree: true },
	...{ attributes: true, attributeOldValue: true, characterData: true },
};

export interface DomOptions {
	privacy?: Privacy;
	/**
	 * Something that was told is private by now: what waits to be sent is to be forgotten.
	 * @returns whether anything was, so that the document is told anew
	 */
	hush?: (toldAt: number) => boolean;
	/** Gets what the browser's observer saw, as it comes. */
	onMutations?: (records: MutationRecord[]) => void;
	/** Tells the files that a page is drawn with by name. */
	refer?: Refer | undefined;
	/** A replay has a canvas. */
	onCanvas?: (canvas: Element, tell: TellAttributes) => void;
	/** Rules of a sheet or sheets of a document changed, of which that observer says nothing. */
	onStyle?: () => void;
	/** Of a frame, what tells that the visitor is here. @returns ends to it */
	watchHand?: (window: Window) => (() => void)[];
}

/** Begins with a Meta event and a full snapshot, so the document must have been parsed. */
export function watchDom(
	guard: Guard,
	emit: (event: DomEvent) => void,
	{ privacy = "balanced", onMutations, onStyle, hush, refer, onCanvas, watchHand }: DomOptions = {},
): DomWatch {
	const { now } = Date;
	const clock = performance.now.bind(performance);
	const guarded = (work: () => void): void => void guard.wrap(work)();
	const undo: (() => void)[] = [];
	let stopped = false;
	let changedAt = 0;
	/** When text of the page was told last. */
	let toldAt = 0;
	const edited = new WeakSet<Node>();
	let timer: ReturnType<typeof setTimeout> | undefined;
	let isScheduled = false;
	let isComplete = true;
	let step = 0;

	const emitWire = (timestamp: number, wire: unknown, isSnapshot = false): void => {
		if (!stopped) emit({ timestamp, wire, isSnapshot });
	};
	const emitAt = (timestamp: number, type: number, data: unknown): void =>
		emitWire(timestamp, { type, timestamp, data });
	/** Behind everything that was seen before, so that times never run backwards. */
	const emitNow = (data: Record<string, unknown>): void => {
		tellPending();
		emitAt(now(), INCREMENTAL, data);
	};
	const emitStyle = (data: Record<string, unknown>): void => {
		onStyle?.();
		emitNow(data);
	};
	const emitPacked = (code: number, ...rest: unknown[]): void => {
		tellPending();
		const at = now();
		emitWire(at, [code, at, ...rest]);
	};
	const slice = (ms = SLICE_MS): Budget => ({ nodes: SLICE_NODES, until: clock() + ms });

	const nodes = createNodes();
	const serialize: ReadAttributes = (element) => {
		const told = serializer.element(element, tree.describe(element), attributeNamesOf(element));
		// Children stand behind, and it has been given none.
		return (told as [tag: string, attributes?: Attributes])[1];
	};
	/**
	 * Whole, as a replayer makes an element anew of the attributes that come with its rules; of a style, which
	 * it would make without its text, that text.
	 */
	const tellAgain = (element: Element, read = serialize): void => {
		tellPending();
		const inner = element.localName === "style" && element.firstChild;
		const id = nodes.sentId(inner || element);
		const attributes = id && !stopped && !isBlocked(element) && read(element, id);
		if (!attributes) return;
		emitNow({
			source: 0,
			attributes: inner ? [] : [{ id, attributes }],
			texts: inner ? [{ id, value: attributes._cssText }] : [],
			...{ removes: [], adds: [] },
		});
	};
	const sheets = createSheets({
		...{ nodes, guarded, flush: () => tellPending(), emit: emitStyle, tellAgain, refer },
		onAdopted: () => schedule(),
	});
	const serializer = createSerializer(sheets, privacy, refer);
	/** Shadow trees and documents whose adopted sheets are looked at. */
	let roots = new Set<Document | ShadowRoot>();
	const note = (records: MutationRecord[]): void => {
		tree.note(records);
		onMutations?.(records);
	};
	const onRecords = guard.wrap((records: MutationRecord[]) => {
		note(records);
		schedule();
	});
	const onPause = guard.wrap(flush);
	const onBatch = guard.wrap(() => whenIdle(onPause, PAUSE_MS));
	const observer = new NativeObserver(onRecords);
	const watched = new WeakSet<Node>();
	const observe = (root: Document | ShadowRoot): void => {
		roots.add(root);
		if (isEditable(root)) edited.add(root);
		if (watched.has(root)) return;
		watched.add(root);
		observer.observe(root, OBSERVED);
	};
	const frames = createFrames({
		guard,
		onDocument: (frame, document) => attach(frame, document),
		onWindow: (window, document) => {
			const ends = [
				sheets.watch(window),
				interactions.watch(window, document),
				watchShadows(window),
				...(window === self ? [] : (watchHand?.(window) ?? [])),
			];
			return () => {
				for (const end of ends) end();
			};
		},
	});
	const tree = createTree({
		...{ nodes, serializer, clock },
		onShadow: (root) => {
			observe(root);
			interactions.watchRoot(root);
		},
		onElement(element, tag) {
			if (tag === "iframe" || tag === "frame") frames.add(element as HTMLIFrameElement);
			if (tag === "input" || tag === "textarea") interactions.addControl(element);
			if (tag === "canvas") onCanvas?.(element, tellAgain);
		},
	});
	const interactions = createInteractions({
		...{ guard, now, emit: emitNow, emitPacked, nodes },
		...{ describe: tree.describe, showTyped: serializer.showTyped },
		flush() {
			tellPending();
			// What comes of it, in form controls too, is not there yet.
			lookLater();
		},
		onLoad,
	});

	/** Late sheets, and late pictures of which it was not known yet which file they show. */
	function onLoad(node: Node): void {
		const { localName, srcset, parentNode } = node as HTMLImageElement;
		sheets.tellLoaded(node as HTMLLinkElement);
		const isChosen = srcset || parentNode?.nodeName === "PICTURE";
		if (refer && localName === "img" && isChosen) tellAgain(node as Element);
	}

	const take = (): void => {
		const records = observer.takeRecords();
		if (records.length > 0) note(records);
	};

	function flush(): void {
		stopTimer(timer);
		timer = undefined;
		tellPending();
		interactions.lookAtControls();
		tellAdopted();
		frames.look();
	}

	/** What else a pause is waited for stays scheduled. */
	function tellPending(): void {
		take();
		const isEdited = findEdited();
		if ((isEdited || tree.isRaised()) && (hush?.(toldAt) || isEdited)) {
			changedAt = 0;
			snapshot();
			return;
		}
		const at = changedAt || now();
		changedAt = 0;
		const budget = { nodes: CHANGE_NODES, until: clock() + FIRST_MS };
		tell(tree.hasChanges() ? tree.tellChanges(budget) : undefined, at);
		if (tree.hasMore()) scheduleMore();
	}

	function tell(changes: unknown[] | undefined, at: number): void {
		if (changes === undefined) return;
		toldAt = at;
		emitWire(at, [PACKED_MUTATION, at, ...changes]);
	}

	/** Documents that have become editable as a whole, of which the browser says nothing. */
	function findEdited(): boolean {
		let isFound = false;
		for (const root of roots) {
			if (!isEditable(root) || edited.has(root)) continue;
			edited.add(root);
			isFound = true;
		}
		return isFound;
	}

	function tellAdopted(): void {
		for (const root of roots) {
			// Whoever comes back is told, and observed, anew.
			const at = hostOf(root) ?? root;
			if (nodes.isSent(at) && (at.ownerDocument ?? (at as Document)).defaultView)
				sheets.tellAdopted(root);
			else roots.delete(root);
		}
	}

	function schedule(): void {
		if (changedAt === 0) changedAt = now();
		lookLater();
	}

	function lookLater(): void {
		if (timer === undefined && !stopped) timer = startTimer(onBatch, BATCH_MS[step]);
	}

	function scheduleMore(): void {
		if (isScheduled || stopped) return;
		isScheduled = true;
		whenIdle(
			guard.wrap(() => {
				isScheduled = false;
				flush();
				tell(tree.tellMore(slice()), now());
				tellAdopted();
				frames.look();
				if (tree.hasMore()) scheduleMore();
				else tellComplete();
			}),
			PAUSE_MS,
		);
	}

	/** What a first frame and a heatmap's picture wait for. */
	function tellComplete(): void {
		if (isComplete) return;
		isComplete = true;
		emitAt(now(), CUSTOM, { tag: SNAPSHOT_COMPLETE, payload: {} });
	}

	function snapshot(): void {
		observer.takeRecords();
		tree.forgetAll();
		sheets.forgetAll();
		roots = new Set();
		observe(document);
		const at = now();
		toldAt = at;
		emitAt(at, META, {
			href: cleanUrl(location.href),
			...{ width: window.innerWidth, height: window.innerHeight },
		});
		const first = nodes.next();
		const { scrollX, scrollY } = window;
		let seen: ReadonlySet<Node> | undefined;
		const urgent = () => (seen ??= findSeen());
		const root = tree.build(document, { ...slice(FIRST_MS), urgent });
		isComplete = !tree.hasMore();
		const more = isComplete ? [] : [1];
		emitWire(at, [PACKED_SNAPSHOT, at, scrollX, scrollY, first, root, ...more], true);
		tellAdopted();
		frames.again();
		if (!isComplete) scheduleMore();
	}

	/** A frame's own document is told as one addition to its element. */
	function attach(frame: HTMLIFrameElement, inside: Document): void {
		tellPending();
		const id = nodes.sentId(frame);
		if (id === undefined) return;
		toldAt = now();
		nodes.forget(inside);
		observe(inside);
		const first = nodes.next();
		emitPacked(PACKED_FRAME, id, first, tree.build(inside, slice()));
		tellAdopted();
		if (tree.hasMore()) scheduleMore();
	}

	/** A shadow tree that is attached to an element a replay already has. */
	function watchShadows(window: Window & typeof globalThis): () => void {
		return patchMethod(window.Element.prototype as unknown as Host, "attachShadow", {
			guarded,
			tell(self: Element, _args, made) {
				const root = made as ShadowRoot;
				if (root.mode !== "open" || !nodes.isSent(self)) return;
				observe(root);
				interactions.watchRoot(root);
			},
		});
	}

	undo.push(() => observer.disconnect(), frames.stop);
	guarded(() => frames.watch(window, document));
	guarded(snapshot);
	return {
		snapshot: guard.wrap(snapshot),
		flush: guard.wrap(flush),
		hasMore: tree.hasMore,
		pace(next) {
			step = next;
		},
		tellLinked: guard.wrap(sheets.tellLinked),
		stop: guard.wrap(() => {
			flush();
			stopped = true;
			stopTimer(timer);
			for (const end of undo) end();
		}),
	};
}

function isEditable(root: Document | ShadowRoot): boolean {
	return (root as Document).designMode === "on";
}
