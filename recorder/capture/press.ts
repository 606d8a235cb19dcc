// Presses: one pointer-down..up on a widget, or its activation by the keyboard, whether or not a click
// comes of it: a press that nothing answers is what this product looks for. Everything about a press is
// read at the down, before the page's own handlers change what the visitor saw.
import {
	FACT_PRESS,
	HINT_DISABLED,
	HINT_MODIFIED,
	HINT_REPEATABLE,
	type PointerKind,
	type PressFact,
} from "../../protocol/fact.ts";
import type { FactScope } from "./facts/fact-scope.ts";
import { readPageState } from "./page-state.ts";
import { watchPointerTrail, widgetAt } from "./pointer-trail.ts";
import { layerOf, placePress } from "./press-place.ts";

/** A finger that moves further has scrolled. */
const SCROLL_PX = 10;
/** A click that the browser makes for another one (label, submit button) follows within this. */
const SYNTHETIC_MS = 50;
/** A click without a position this soon after a pointer belongs to it. */
const POINTER_MS = 1000;
const TEXT_TYPES =
	/^(?:text|search|email|tel|url|password|number|date|datetime-local|month|week|time)$/;

export interface PressHooks {
	/** Something is pressed down; whether it is a press shows the up. */
	onDown(): void;
	/** What was pressed, once the press is a fact. */
	onPress(element: Element, fact: PressFact): void;
	/** A pointer that hovers has moved. */
	onMove(event: PointerEvent, at: number): void;
}

interface Down {
	id: number;
	x: number;
	y: number;
	element: Element;
	fact: PressFact;
}

export function watchPresses(scope: FactScope, { onDown, onPress, onMove }: PressHooks): void {
	const { on, now, emit } = scope;
	const trail = watchPointerTrail(scope, onMove);
	let down: Down | undefined;
	let pointerAt = 0;
	let keyAt = 0;
	let isKeyCounted = false;

	const press = (element: Element, fact: PressFact): void => {
		emit(fact);
		onPress(element, fact);
	};
	const pressByKey = (widget: Element, { ctrlKey, shiftKey }: KeyboardEvent | MouseEvent): void => {
		keyAt = now();
		onDown();
		const isModified = ctrlKey || shiftKey;
		const manner: Manner = { pointer: "key", hoverMs: -1, approachMs: -1, isModified };
		press(widget, createPress(scope, widget, manner));
	};

	on(["pointerdown"], (event) => {
		pointerAt = now();
		if (!event.isPrimary || event.button !== 0) return;
		const element = widgetAt(pressedAt(event));
		if (element === undefined) return;
		onDown();
		const pointer = pointerKind(event.pointerType);
		const hoverMs = trail.hoverMs(element, pointerAt);
		const approachMs = pointer === "touch" ? -1 : trail.approachMs(pointerAt);
		const { pointerId: id, clientX: x, clientY: y } = event;
		const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
		const manner = { pointer, hoverMs, approachMs, isModified, point: { x, y } };
		down = { id, x, y, element, fact: createPress(scope, element, manner) };
	});
	on(["pointerup"], (event) => {
		pointerAt = now();
		const pressed = down;
		if (pressed?.id !== event.pointerId) return;
		down = undefined;
		const distance = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
		if (event.pointerType === "touch" && distance > SCROLL_PX) return;
		press(pressed.element, pressed.fact);
	});
	on(["pointercancel"], () => {
		down = undefined;
	});
	on(["keydown"], (event) => {
		if (event.repeat) return;
		isKeyCounted = false;
		const widget = isActivation(event) ? widgetAt(event.target) : undefined;
		if (widget === undefined || !isActivatedByKey(widget, event.key)) return;
		isKeyCounted = true;
		pressByKey(widget, event);
	});
	on(["click"], (event) => {
		const at = now();
		if (!event.isTrusted || event.detail !== 0 || isKeyCounted) return;
		if (at - pointerAt < POINTER_MS || at - keyAt < SYNTHETIC_MS) return;
		const widget = widgetAt(event.target);
		if (widget !== undefined) pressByKey(widget, event);
	});
}

interface Manner {
	pointer: PointerKind;
	hoverMs: number;
	approachMs: number;
	isModified: boolean;
	point?: { x: number; y: number };
}

function createPress(scope: FactScope, element: Element, manner: Manner): PressFact {
	const { number, repeatable } = scope.know(element);
	const place = placePress(element, manner.point);
	const hints =
		(isDisabled(element) ? HINT_DISABLED : 0) |
		(repeatable ? HINT_REPEATABLE : 0) |
		(manner.isModified ? HINT_MODIFIED : 0);
	return [
		FACT_PRESS,
		scope.now(),
		scope.view(),
		number,
		place.x,
		place.y,
		place.documentX,
		place.documentY,
		layerOf(element),
		manner.pointer,
		Math.round(window.innerWidth),
		Math.round(window.innerHeight),
		manner.hoverMs,
		manner.approachMs,
		hints,
		readPageState(scope.keyOf),
	];
}

/** Some browsers send what happens on a disabled control to its parent. */
function pressedAt(event: PointerEvent): EventTarget | null {
	const hit = document.elementFromPoint(event.clientX, event.clientY);
	return hit !== null && isDisabled(hit) ? hit : event.target;
}

function isDisabled(element: Element): boolean {
	return element.matches(':disabled,[aria-disabled="true"]');
}

function pointerKind(type: string): PointerKind {
	return type === "touch" || type === "pen" ? type : "mouse";
}

function isActivation({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
	return (key === "Enter" || key === " ") && !ctrlKey && !altKey && !metaKey;
}

/** In a text field these keys are typing, on a link only Enter goes, on a box only the space bar. */
function isActivatedByKey(widget: Element, key: string): boolean {
	if ((widget as HTMLElement).isContentEditable || isDisabled(widget)) return false;
	switch (widget.localName) {
		case "button":
		case "summary":
		case "select":
			return true;
		case "a":
		case "area":
			return key === "Enter";
		case "input": {
			const { type } = widget as HTMLInputElement;
			if (type === "checkbox" || type === "radio") return key === " ";
			return !TEXT_TYPES.test(type);
		}
		default:
			return widget.hasAttribute("role") && widget !== document.body;
	}
}
