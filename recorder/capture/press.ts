// Presses: one pointer-down..up on a widget, or its activation by the keyboard, whether or not a click
// comes of it: a press that nothing answers is what this product looks for. Everything about a press is
// read at the down, before the page's own handlers change what the visitor saw.
import { WIDGET_SELECTOR } from "../../protocol/element-key.ts";
import {
	FACT_PRESS,
	FACT_SWIPE,
	HINT_AWAY,
	HINT_CONTROL,
	HINT_DISABLED,
	HINT_MODIFIED,
	HINT_POINTER,
	HINT_REPEATABLE,
	type PointerKind,
	type PressFact,
	type SwipeFact,
} from "../../protocol/fact.ts";
import type { FactScope } from "./facts/fact-scope.ts";
import type { PointerTrail } from "./facts/move.ts";
import { viewportSize } from "./page.ts";
import { readPageState } from "./page-state.ts";
import { layerOf, placePress, widgetAt } from "./press-place.ts";

/** A finger that moves further has scrolled. */
const SCROLL_PX = 10;
/** One that moves so far sideways, and more sideways than down, has swiped. */
const SWIPE_PX = 30;
const MOST_SWIPES = 10;
/** A click that the browser makes for another one (label, submit button) follows within this. */
const SYNTHETIC_MS = 50;
/** A click without a position this soon after a pointer belongs to it. */
const POINTER_MS = 1000;
const SAVED = /\.(?!html?$|php$|aspx?$|jsp$)[a-z][a-z0-9]{1,4}$/i;
const UNKNOWN: PointerTrail = [-1, -1];
/** In a text field keys are typing, on a link only Enter goes, on a box only the space bar. */
const BY_KEYS =
	"button,summary,select,[type=submit],[type=reset],[type=button],[type=image],[type=file],[type=color],[type=range],[role]:not(a,area,input,body)";
const BY_KEY: Readonly<Record<string, string>> = {
	Enter: `${BY_KEYS},a,area`,
	" ": `${BY_KEYS},[type=checkbox],[type=radio]`,
};

type Down = [event: PointerEvent, element: Element, fact: PressFact];
type PressEvent = PointerEvent | MouseEvent | KeyboardEvent;

/** @param onDown something is pressed down; whether it is a press shows the up */
export function watchPresses(
	scope: FactScope,
	trailOf: (widget: Element, at: number) => PointerTrail,
	onDown: () => void,
): void {
	const { on, onPress, now, view, emit, know, keyOf, allow } = scope;
	let down: Down | undefined;
	/** Also while the browser scrolls because of it. */
	let finger: Down | undefined;
	let pointerAt = 0;
	let keyAt = 0;
	let isKeyCounted = false;

	const createPress = (
		element: Element,
		event: PressEvent,
		pointer: PointerKind,
		trail: PointerTrail,
	): PressFact => {
		onDown();
		const [number, repeatable] = know(element);
		const isModified = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
		const hints =
			(isDisabled(element) ? HINT_DISABLED : 0) |
			(repeatable ? HINT_REPEATABLE : 0) |
			(isModified ? HINT_MODIFIED : 0) |
			(hasHand(element) && !hasHand(document.documentElement, document.body) ? HINT_POINTER : 0) |
			(leadsAway(element) ? HINT_AWAY : 0) |
			(isInside(event, element) ? HINT_CONTROL : 0);
		return [
			...([FACT_PRESS, now(), view(), number] as const),
			...placePress(element, pointer === "key" ? {} : (event as PointerEvent)),
			...([layerOf(element), pointer] as const),
			...viewportSize(),
			...trail,
			hints,
			readPageState(keyOf),
		];
	};
	const press = (element: Element, fact: PressFact | SwipeFact): void => {
		emit(fact);
		for (const hear of onPress) hear(element, fact);
	};
	const pressByKey = (event: PressEvent, widget = widgetAt(event.target)): void => {
		if (!widget) return;
		keyAt = now();
		press(widget, createPress(widget, event, "key", UNKNOWN));
	};

	on({
		pointerdown(event) {
			pointerAt = now();
			finger = undefined;
			if (!event.isPrimary || event.button !== 0) return;
			const { clientX, clientY, target, pointerType } = event;
			// Some browsers send what happens on a disabled control to its parent.
			const hit = document.elementFromPoint(clientX, clientY);
			const element = widgetAt(hit && isDisabled(hit) ? hit : target);
			if (!element) return;
			const isTouch = pointerType === "touch";
			const pointer = isTouch || pointerType === "pen" ? pointerType : "mouse";
			const trail: PointerTrail = isTouch
				? [pointerAt - scope.seenAt, -1]
				: trailOf(element, pointerAt);
			down = [event, element, createPress(element, event, pointer, trail)];
			if (isTouch) finger = down;
		},
		pointerup({ pointerId, pointerType, clientX, clientY }) {
			pointerAt = now();
			const [event, element, fact] = down ?? [];
			if (event?.pointerId !== pointerId || !element || !fact) return;
			down = undefined;
			const distance = Math.hypot(clientX - event.clientX, clientY - event.clientY);
			if (pointerType !== "touch" || distance <= SCROLL_PX) press(element, fact);
		},
		pointercancel() {
			down = undefined;
		},
		touchend({ changedTouches: [touch] }) {
			const [event, element, fact] = finger ?? [];
			finger = undefined;
			if (!touch || !event || !element || !fact) return;
			const dragX = Math.round(touch.clientX - event.clientX);
			const width = Math.abs(dragX);
			if (width < SWIPE_PX || width < 2 * Math.abs(touch.clientY - event.clientY)) return;
			const [, ...rest] = fact;
			if (allow(FACT_SWIPE, MOST_SWIPES)) press(element, [FACT_SWIPE, ...rest, dragX]);
		},
		keydown(event) {
			if (event.repeat) return;
			isKeyCounted = false;
			const { key, target, ctrlKey, altKey, metaKey } = event;
			const selector = BY_KEY[key];
			if (!selector || ctrlKey || altKey || metaKey) return;
			const widget = widgetAt(target);
			if (!widget?.matches(selector)) return;
			if ((widget as HTMLElement).isContentEditable || isDisabled(widget)) return;
			isKeyCounted = true;
			pressByKey(event, widget);
		},
		click(event) {
			const at = now();
			if (!event.isTrusted || event.detail !== 0 || isKeyCounted) return;
			if (at - pointerAt >= POINTER_MS && at - keyAt >= SYNTHETIC_MS) pressByKey(event);
		},
	});
}

/** Does the pointer over one of them look as it does over what can be pressed? A page that is all hands promises nothing by it. */
function hasHand(...elements: Element[]): boolean {
	return elements.some((element) => element && getComputedStyle(element).cursor === "pointer");
}

/** Not a page of the web: mail, a call, what is no document by its name. */
function leadsAway(element: Element): boolean {
	const { protocol, pathname } = element as Partial<HTMLAnchorElement>;
	return !!protocol && (!/^(http|javas)/.test(protocol) || SAVED.test(pathname ?? ""));
}

/** Is it a control in the shadow tree of an element? */
function isInside(event: PressEvent, element: Element): boolean {
	const [inner] = event.composedPath();
	return inner instanceof Element && !element.contains(inner) && !!inner.closest(WIDGET_SELECTOR);
}

function isDisabled(element: Element): boolean {
	return element.matches(":disabled,[aria-disabled=true]");
}
