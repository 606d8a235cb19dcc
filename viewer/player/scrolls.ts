// Where everything was scrolled to at an instant. rrweb scrolls while it rebuilds, which needs a layout: a
// page that is built out of sight has none yet, and what makes a page long may come after the scroll.
import { EventType, IncrementalSource } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";

export interface Scrolled {
	/** rrweb's id of the element, or of the document. */
	id: number;
	x: number;
	y: number;
}

/** @param events in order */
export function listScrolls(events: readonly ReplayEvent[], at: number): Scrolled[] {
	const scrolls = new Map<number, Scrolled>();
	const set = (scrolled: Scrolled) => scrolls.set(scrolled.id, scrolled);
	for (const { type, timestamp, data } of events) {
		if (timestamp > at) break;
		if (type === EventType.FullSnapshot) {
			scrolls.clear();
			for (const scrolled of listOfSnapshot(data as Snapshot)) set(scrolled);
		}
		if (type !== EventType.IncrementalSnapshot) continue;
		const { source, adds, id, x, y } = data as Scrolled & { source: number; adds?: Added[] };
		if (source === IncrementalSource.Scroll) set({ id, x, y });
		for (const { node } of adds ?? []) for (const scrolled of listOfTree(node)) set(scrolled);
	}
	return [...scrolls.values()].filter(({ x, y }) => x !== 0 || y !== 0);
}

/** What of a replayer is used. */
interface Replayed {
	iframe: HTMLIFrameElement;
	getMirror(): { getNode(id: number): Node | null };
}

/** Puts an element, or the page, where it was, now that there is a layout. */
export function scrollAgain(replayer: Replayed, { id, x, y }: Scrolled): void {
	const node = replayer.getMirror().getNode(id);
	const page = replayer.iframe.contentDocument;
	const element = node === page ? page?.scrollingElement : (node as Element | null);
	if (typeof element?.scrollTo !== "function") return;
	if (element.scrollTop !== y) element.scrollTop = y;
	if (element.scrollLeft !== x) element.scrollLeft = x;
}

interface SerialNode {
	id?: number;
	attributes?: Record<string, unknown>;
	childNodes?: SerialNode[];
}

interface Snapshot {
	node: SerialNode;
	initialOffset?: { left?: number; top?: number };
}

interface Added {
	node: SerialNode;
}

function listOfSnapshot({ node, initialOffset }: Snapshot): Scrolled[] {
	const { left = 0, top = 0 } = initialOffset ?? {};
	return [{ id: node.id ?? 0, x: left, y: top }, ...listOfTree(node)];
}

/** rrweb notes on an element where it stood when it was recorded. */
function listOfTree(root: SerialNode): Scrolled[] {
	const found: Scrolled[] = [];
	const open = [root];
	for (let node = open.pop(); node !== undefined; node = open.pop()) {
		const { rr_scrollLeft: x, rr_scrollTop: y } = node.attributes ?? {};
		if (x !== undefined || y !== undefined) {
			found.push({ id: node.id ?? 0, x: Number(x ?? 0), y: Number(y ?? 0) });
		}
		for (const child of node.childNodes ?? []) open.push(child);
	}
	return found;
}
