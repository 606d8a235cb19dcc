// What the page did after a press: evidence from which the server tells an answered press from a dead
// one. Nothing is listened to and no change is looked at before somebody presses; then the changes are
// looked at in pauses of the page, until seven seconds are over or the page is left.
import {
	FACT_ANSWER,
	type PressFact,
	type Response,
	type ResponseKind,
} from "../../../protocol/fact.ts";
import { RESPONSE_COUNT } from "../../../protocol/limits.ts";
import type { Listen } from "../../listen.ts";
import { type Changes, createChanges, createWayOf } from "./changes.ts";
import type { FactScope, Tell } from "./fact-scope.ts";
import { type MutationRing, RING_MS } from "./mutation-ring.ts";
import { relate } from "./relation.ts";

export interface AnswerWatch {
	/** A press may follow: what happens from now on may answer it. */
	onDown(): void;
	onPress(element: Element, fact: PressFact): void;
	/** Changes are in the ring. */
	onMutations(): void;
	note(kind: ResponseKind, node?: Node, at?: number): void;
	/** @param before when the same was asked for last */
	onRequest(at: number, before: number): void;
	tell: Tell;
}

const WATCH_MS = 7000;
const SCROLL_MS = 300;
const MOST_OPEN = 20;
const MOST_EARLY = 50;
/** Where one writes: the caret that comes is an answer, what is written then is none. */
const WRITTEN = 'textarea,select,[contenteditable],input:not([type="checkbox"],[type="radio"])';
/** Events, and what they are as a response. */
const KINDS = {
	...({ input: "input", toggle: "toggle", scroll: "scroll", blur: "hidden" } as const),
	...({ focusin: "focus", selectionchange: "selection" } as const),
};
const HEARD = [
	...(Object.keys(KINDS) as (keyof typeof KINDS)[]),
	"wheel",
	"touchmove",
	"click",
] as const;

interface Open {
	fact: PressFact;
	widget: Element;
	upAt: number;
	clicked: 0 | 1;
	ambient: number;
	responses: Response[];
	changes: Changes;
}

type Seen = [kind: ResponseKind, node: Node | undefined, at: number];

export function watchAnswers(
	{ now, emit, later, whenIdle, undo }: FactScope,
	listen: Listen,
	ring: MutationRing,
): AnswerWatch {
	const wayOf = createWayOf();
	let open: Open[] = [];
	let ends: (() => void)[] = [];
	/** Between down and up: nobody knows yet whether it becomes a press. */
	let early: Seen[] = [];
	let downAt = 0;
	let byHandAt = 0;
	let isLooking = false;

	const add = ({ fact, widget, upAt, responses }: Open, [kind, node, at]: Seen): void => {
		const delay = at - fact[1];
		if (delay < 0 || delay > WATCH_MS || responses.length === RESPONSE_COUNT) return;
		if (kind === "scroll" && (at > upAt + SCROLL_MS || byHandAt >= fact[1])) return;
		const relation = relate(widget, node);
		if (kind === "input" && relation === "inside" && widget.matches(WRITTEN)) return;
		if (responses.some(([other, , where]) => other === kind && where === relation)) return;
		responses.push([kind, delay, relation]);
	};
	const note = (kind: ResponseKind, node?: Node, at = now()): void => {
		if (ends.length === 0) return;
		if (early.length < MOST_EARLY) early.push([kind, node, at]);
		for (const press of open) add(press, [kind, node, at]);
	};
	const onEvent = ({ type, target }: Event): void => {
		const kind = KINDS[type as keyof typeof KINDS];
		const press = open.at(-1);
		if (type === "click") {
			if (press) press.clicked = 1;
		} else if (!kind) byHandAt = now();
		else if (kind === "hidden" && target !== window) return;
		else if (kind === "focus" && !(target as Element).matches(WRITTEN)) return;
		else if (kind === "selection" && document.getSelection()?.isCollapsed !== false) return;
		else note(kind, target === window ? undefined : (target as Node));
	};
	const listenOn = (): void => {
		if (ends.length === 0) ends = HEARD.map((type) => listen(window, type, onEvent));
	};
	const stopListening = (): void => {
		for (const end of ends) end();
		ends = [];
	};
	const rest = (): void => {
		if (open.length === 0 && now() - downAt >= WATCH_MS) stopListening();
	};
	const look = (): void => {
		isLooking = false;
		for (const { changes } of open) changes.look(ring.batches());
	};
	const close = (press: Open | undefined): void => {
		if (!press || !open.includes(press)) return;
		look();
		open = open.filter((other) => other !== press);
		const { fact, clicked } = press;
		const { responses, ambient } = press.changes.end();
		emit([
			...([FACT_ANSWER, now(), fact[2], fact[3], fact[1], clicked] as const),
			Math.min(now() - fact[1], WATCH_MS),
			press.ambient + ambient,
			[...press.responses, ...responses].slice(0, RESPONSE_COUNT),
		]);
	};

	undo(stopListening);
	return {
		onDown() {
			downAt = now();
			early = [];
			listenOn();
			later(rest, WATCH_MS);
		},
		onPress(widget, fact) {
			look();
			const others = open.map(({ changes }) => changes);
			for (const other of others) other.crowd();
			const isTaken = (way: string) => others.some((other) => other.isResponse(way));
			const changes = createChanges({ widget, at: fact[1], wayOf, isTaken });
			const press: Open = {
				...{ fact, widget, upAt: now(), clicked: 0, ambient: 0, responses: [], changes },
			};
			open = [...open, press];
			look();
			for (const seen of early) add(press, seen);
			if (open.length > MOST_OPEN) close(open[0]);
			later(() => {
				close(press);
				rest();
			}, WATCH_MS);
		},
		onMutations() {
			if (isLooking || open.length === 0) return;
			isLooking = true;
			whenIdle(look);
		},
		note,
		onRequest(at, before) {
			for (const press of open) {
				const down = press.fact[1];
				if (before < down && before > down - RING_MS) press.ambient++;
				else add(press, ["request", undefined, at]);
			}
		},
		tell(reason) {
			note(reason);
			for (const press of open) close(press);
		},
	};
}
