// What the visitor does, as rrweb's events: pointer, presses, scrolling, typing (that it happened, never
// what), media, the size of the window, what is selected.

import { PACKED_MOVES, PACKED_SCROLL } from "../../../protocol/packed-event.ts";
import { redactText } from "../../../protocol/text-rule.ts";
import type { Guard } from "../../guard.ts";
import { startTimer, stopTimer } from "../../native.ts";
import type { MaskedElement } from "../../privacy/mask-attribute.ts";
import { kindOfValue } from "../../privacy/private-content.ts";
import { isElement, isText, isWithin, type Nodes } from "./nodes.ts";
import { throttle } from "./throttle.ts";

export interface Interactions {
	/** @returns an end to it */
	watch(window: Window & typeof globalThis, document: Document): () => void;
	/** What happens in a shadow tree and does not leave it. */
	watchRoot(root: ShadowRoot): void;
	/** A replay has this form control now, with what stands in it. */
	addControl(control: Element): void;
	/** Tells what scripts have written into form controls, of which no event speaks. */
	lookAtControls(): void;
}

export interface InteractionsOptions {
	guard: Guard;
	now: () => number;
	emit: (data: Record<string, unknown>) => void;
	/** An event whose form is packed, without its time. */
	emitPacked: (code: number, ...rest: number[]) => void;
	nodes: Nodes;
	describe: (node: Node) => MaskedElement;
	showTyped: (control: Element) => string;
	/** What changed before is told before. */
	flush: () => void;
	/** A file that an element is drawn with is there. */
	onLoad: (node: Node) => void;
}

const INTERACTION = 2;
const RESIZE = 4;
const INPUT = 5;
const MEDIA = 7;
const SELECTION = 14;

const KINDS: Readonly<Record<string, number>> = {
	...{ mouseup: 0, mousedown: 1, click: 2, contextmenu: 3, dblclick: 4, focus: 5, blur: 6 },
	...{ touchstart: 7, touchend: 9, touchcancel: 10 },
};
const MEDIA_KINDS: Readonly<Record<string, number>> = {
	...{ play: 0, pause: 1, seeked: 2, volumechange: 3, ratechange: 4 },
};
const POINTERS: Readonly<Record<string, number>> = { mouse: 0, pen: 1, touch: 2 };
const MOVE_MS = 50;
const MOVES_MS = 500;
const LEAST_PIXELS = 3;
const SCROLL_MS = 100;
const RESIZE_MS = 200;
/** Who types on is told of this often, where a replay shows the same: pauses of `INACTIVE_MS` are skipped. */
const TYPING_MS = 4000;
/** So many form controls are looked at after a change of the page. */
const MAX_CONTROLS = 500;
const IGNORED = "data-snag-ignore";
const LISTENING = { capture: true, passive: true };

interface Position {
	x: number;
	y: number;
	id: number;
	at: number;
}

export function createInteractions(options: InteractionsOptions): Interactions {
	const { guard, now, emit, emitPacked, nodes, describe, showTyped, flush, onLoad } = options;
	let pointerType: number | undefined;
	let positions: Position[] = [];
	let isTouch = false;
	let movedAt = 0;
	let movesTimer: ReturnType<typeof setTimeout> | undefined;
	let isCollapsed = true;
	let typedAt = 0;
	const roots = new WeakSet<ShadowRoot>();

	const targetOf = (event: Event): Node | undefined => {
		const { target } = event;
		const inner = (target as Partial<Element> | null)?.shadowRoot && event.composedPath()[0];
		const node = (inner || target) as Node | null;
		return node?.nodeType === undefined || isWithin(node, IGNORED) ? undefined : node;
	};
	/** Its number, once what is new around it has been told. */
	const told = (node: Node | undefined): number | undefined => {
		if (node === undefined) return undefined;
		flush();
		return nodes.sentId(node);
	};

	const tellMoves = guard.wrap(() => {
		stopTimer(movesTimer);
		movesTimer = undefined;
		if (positions.length === 0) return;
		const at = now();
		let before = [0, 0, 0, 0];
		const differences = positions.flatMap(({ x, y, id, at: then }) => {
			const position = [then - at, Math.round(x), Math.round(y), id];
			const told = position.map((value, field) => value - (before[field] ?? 0));
			before = position;
			return told;
		});
		positions = [];
		emitPacked(PACKED_MOVES, isTouch ? 1 : 0, ...differences);
	});
	const onMove = (event: MouseEvent | TouchEvent): void => {
		const at = now();
		if (at - movedAt < MOVE_MS) return;
		const touch = "touches" in event ? event.touches[0] : undefined;
		const { clientX: x, clientY: y } = touch ?? (event as MouseEvent);
		const last = positions.at(-1);
		if (last && Math.hypot(last.x - x, last.y - y) < LEAST_PIXELS) return;
		const node = targetOf(event);
		const id = node === undefined ? undefined : nodes.sentId(node);
		if (id === undefined) return;
		movedAt = at;
		isTouch = touch !== undefined;
		positions.push({ x, y, id, at });
		movesTimer ??= startTimer(tellMoves, MOVES_MS);
	};

	const onInteraction = (event: Event): void => {
		const node = targetOf(event);
		if (node === undefined || (node.nodeType !== 1 && node.nodeType !== 9)) return;
		const id = told(node);
		if (id === undefined) return;
		tellMoves();
		const touch = (event as TouchEvent).changedTouches?.[0];
		const { clientX: x, clientY: y } = touch ?? (event as MouseEvent);
		const isFocus = event.type === "focus" || event.type === "blur";
		emit({
			...{ source: INTERACTION, type: KINDS[event.type], id },
			...(!isFocus && { x, y, pointerType }),
		});
	};

	const scrolled = new WeakMap<Node, [x: number, y: number]>();
	const scrolls = throttle<Node>(guard, SCROLL_MS, (node) => {
		const id = told(node);
		const [x, y] = scrolled.get(node) ?? [0, 0];
		if (id !== undefined) emitPacked(PACKED_SCROLL, id, x, y);
	});
	/** Read here, where the browser lays the page out in any case. */
	const onScrolled = (event: Event): void => {
		const node = targetOf(event);
		if (node === undefined) return;
		const document = node.nodeType === 9 ? (node as Document) : undefined;
		const scroller = document ? (document.scrollingElement ?? document.documentElement) : node;
		const { scrollLeft, scrollTop } = scroller as Element;
		scrolled.set(node, [scrollLeft, scrollTop]);
		scrolls(node);
	};

	/** Form controls into which one types → what a replay shows in them. */
	const controls = new Map<Element, string>();
	const tellInput = (control: Element, id: number, isByVisitor: boolean): void => {
		const text = showTyped(control);
		controls.set(control, text);
		const userTriggered = isByVisitor || undefined;
		emit({ source: INPUT, id, text, isChecked: false, userTriggered });
	};

	const onInput = (event: Event): void => {
		const node = targetOf(event);
		if (node === undefined || !isElement(node)) return;
		const described = describe(node);
		if (kindOfValue(described.tag, described.type) !== "typed") return;
		const shown = showTyped(node);
		// Whoever counts what is told must not count keys.
		if (controls.get(node) === shown && now() - typedAt < TYPING_MS) return;
		typedAt = now();
		// Not to be taken for a script's.
		controls.set(node, shown);
		const id = told(node);
		if (id !== undefined) tellInput(node, id, event.isTrusted);
	};

	const onLoaded = ({ target }: Event): void => onLoad(target as Node);

	const onMedia = (event: Event): void => {
		const node = targetOf(event);
		const id = told(node);
		if (id === undefined) return;
		const { currentTime, volume, muted, loop, playbackRate } = node as HTMLMediaElement;
		const state = { currentTime, volume, muted, loop, playbackRate };
		emit({ source: MEDIA, type: MEDIA_KINDS[event.type], id, ...state });
	};

	const onSelection = (document: Document): void => {
		const selection = document.getSelection();
		// A caret that moves selects nothing.
		if (selection === null || (isCollapsed && selection.isCollapsed)) return;
		isCollapsed = selection.isCollapsed;
		flush();
		const ranges: object[] = [];
		for (let at = 0; at < selection.rangeCount && !selection.isCollapsed; at++) {
			const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(at);
			const [start, end] = [nodes.sentId(startContainer), nodes.sentId(endContainer)];
			if (start === undefined || end === undefined) continue;
			if ([startContainer, endContainer].some(isPrivate)) return;
			ranges.push({ start, startOffset, end, endOffset });
		}
		emit({ source: SELECTION, ranges });
	};
	const isPrivate = (node: Node): boolean => {
		const { level, tag } = describe(node);
		const isRedacted = isText(node) && redactText(node.data) !== node.data;
		return level > 0 || isWithin(node, IGNORED) || isRedacted || /^(?:input|textarea)$/.test(tag);
	};

	type Handlers = Record<string, (event: never) => void>;
	const listen = (target: EventTarget, handlers: Handlers, ends: (() => void)[] = []): void => {
		for (const [type, handler] of Object.entries(handlers)) {
			const listener = guard.wrap(handler) as EventListener;
			target.addEventListener(type, listener, LISTENING);
			ends.push(() => target.removeEventListener(type, listener, LISTENING));
		}
	};
	/** What does not leave a shadow tree. */
	const inside = { scroll: onScrolled, change: onInput, load: onLoaded };

	return {
		watch(window, document) {
			const ends = [tellMoves];
			const selections = throttle<Document>(guard, SCROLL_MS, onSelection);
			const handlers: Handlers = {
				...{ ...inside, input: onInput, mousemove: onMove, touchmove: onMove, drag: onMove },
				pointerdown(event: PointerEvent) {
					pointerType = POINTERS[event.pointerType];
				},
				selectionchange: () => selections(document),
			};
			for (const type in KINDS) handlers[type] = onInteraction;
			for (const type in MEDIA_KINDS) handlers[type] = onMedia;
			listen(document, handlers, ends);
			if (window.parent === window || window.frameElement === null) {
				const resized = throttle<Window>(guard, RESIZE_MS, ({ innerWidth, innerHeight }) =>
					emit({ source: RESIZE, width: innerWidth, height: innerHeight }),
				);
				listen(window, { resize: () => resized(window) }, ends);
			}
			return () => {
				for (const end of ends) end();
			};
		},
		addControl(control) {
			const { tag, type } = describe(control);
			if (kindOfValue(tag, type) !== "typed" || isWithin(control, IGNORED)) return;
			if (controls.size < MAX_CONTROLS) controls.set(control, showTyped(control));
		},
		lookAtControls() {
			for (const [control, shown] of controls) {
				const id = nodes.sentId(control);
				// What a frame held goes with it without a word.
				const isGone = id === undefined || !control.ownerDocument.defaultView;
				if (!isGone && showTyped(control) === shown) continue;
				if (isGone || isWithin(control, IGNORED)) controls.delete(control);
				else tellInput(control, id, false);
			}
		},
		watchRoot(root) {
			if (roots.has(root)) return;
			roots.add(root);
			listen(root, inside);
		},
	};
}
