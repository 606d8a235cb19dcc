// Makes of a page that stands in a replayer the page of another instant of the same document. What the
// replayer would be told by events it is told by events; that a node is now another one (see
// `replay/difference.ts`) no event can say, so the replayer's mirror is told. What comes after the instant
// takes the place of all the events it had.

import type { ReplayEvent } from "../../protocol/api.ts";
import type { Difference } from "../../replay/difference.ts";

const CUSTOM = 5;
const PAUSED = "rrweb-paused";

/** What of a replayer is used. Some are private fields, held by test/viewer/player/stage.test.ts. */
export interface Changeable {
	service: {
		state: { context: { events: ReplayEvent[] } };
		send(order: { type: "PLAY"; payload: { timeOffset: number } } | { type: "PAUSE" }): void;
	};
	getCastFn(event: ReplayEvent, isSync: boolean): () => void;
	iframe: HTMLIFrameElement;
	lastHoveredRootNode: Document | ShadowRoot | undefined;
	getMirror(): {
		getNode(id: number): Node | null;
		getMeta(node: Node): object | null;
		add(node: Node, meta: object): void;
		idNodeMap: Map<number, Node>;
	};
}

/**
 * @param later what follows the instant, with an end that never comes
 * @returns the instant from which the replayer counts now
 * @throws where a node is not there: the page is none of the two then
 */
export function changeInPlace(
	replayer: Changeable,
	{ renames, events }: { renames: Difference["renames"]; events: readonly ReplayEvent[] },
	{ at, later }: { at: number; later: readonly ReplayEvent[] },
): number {
	const mirror = replayer.getMirror();
	unhover(replayer);
	// What was selected may be there no more, and then nothing would be selected instead.
	replayer.iframe.contentDocument?.getSelection()?.removeAllRanges();
	forgetLost(mirror, events);
	for (const { from, node: meta } of renames) {
		const node = mirror.getNode(from);
		if (node === null) throw new Error(`The page has no node ${from}.`);
		mirror.idNodeMap.delete(from);
		mirror.add(node, meta);
	}
	// Earlier than the instant, so that they count as played.
	const played = events.map((event) => ({ ...event, timestamp: at - 1 }));
	const start = { type: CUSTOM, timestamp: at - 1, data: { tag: "start", payload: {} } };
	const own = replayer.service.state.context.events;
	own.length = 0;
	for (const event of [start, ...later]) own.push(event);
	for (const event of [...played, start]) replayer.getCastFn(event, true)();
	// By its own methods it would take the mark of a paused page away and put it back, and every element
	// would be matched with every rule again.
	replayer.service.send({ type: "PLAY", payload: { timeOffset: 1 } });
	replayer.service.send({ type: "PAUSE" });
	const { classList } = replayer.iframe.contentDocument?.documentElement ?? {};
	if (classList?.contains(PAUSED) === false) classList.add(PAUSED);
	return start.timestamp;
}

/** What left the page with a shadow tree is still known, and would come again as it was. */
function forgetLost(
	mirror: ReturnType<Changeable["getMirror"]>,
	events: readonly ReplayEvent[],
): void {
	for (const { data } of events) {
		// Rules of a sheet come as adds too.
		const { adds } = data as { adds?: { node?: { id: number } }[] };
		for (const { node } of adds ?? []) {
			if (node === undefined) continue;
			if (mirror.getNode(node.id)?.isConnected === false) mirror.idNodeMap.delete(node.id);
		}
	}
}

/** The replayer would leave an empty `class` behind where there was none. */
function unhover(replayer: Changeable): void {
	const { iframe, lastHoveredRootNode } = replayer;
	for (const root of [lastHoveredRootNode, iframe.contentDocument]) {
		for (const element of root?.querySelectorAll(".\\:hover") ?? []) {
			element.classList.remove(":hover");
			const { attributes } = (replayer.getMirror().getMeta(element) ?? {}) as {
				attributes?: object;
			};
			const isOwn = attributes !== undefined && "class" in attributes;
			if (!isOwn && element.getAttribute("class") === "") element.removeAttribute("class");
		}
	}
}
