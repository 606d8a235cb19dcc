// What the pointer did before a press: how long it had rested on the widget, and how long it had been
// moving towards it without a pause. Both are read at the press; until then two numbers are kept.
import { WIDGET_SELECTOR } from "../../protocol/element-key.ts";
import type { FactScope } from "./facts/fact-scope.ts";

/** Two moves further apart than this are two movements (research: hover gaps are bridged up to it). */
const PAUSE_MS = 150;

export interface PointerTrail {
	hoverMs(widget: Element, at: number): number;
	approachMs(at: number): number;
}

/** -1 is not known: a finger does not hover. */
export function watchPointerTrail(
	{ on, now }: FactScope,
	onMove: (event: PointerEvent, at: number) => void,
): PointerTrail {
	let over: Element | undefined;
	let overSince = 0;
	let movingSince = 0;
	let movedAt = 0;
	on(["pointerover"], (event) => {
		const widget = event.pointerType === "touch" ? undefined : widgetAt(event.target);
		if (widget === over) return;
		over = widget;
		overSince = now();
	});
	on(["pointermove"], (event) => {
		if (event.pointerType === "touch") return;
		const at = now();
		if (at - movedAt > PAUSE_MS) movingSince = at;
		movedAt = at;
		onMove(event, at);
	});
	return {
		hoverMs: (widget, at) => (widget === over ? at - overSince : -1),
		approachMs: (at) => (movedAt > 0 && at - movedAt <= PAUSE_MS ? movedAt - movingSince : -1),
	};
}

/** The widget that an event belongs to, or the element itself; none in what is ignored. Shadow trees show as their host. */
export function widgetAt(target: EventTarget | null): Element | undefined {
	if (!(target instanceof Element)) return target === null ? undefined : document.documentElement;
	if (target.closest("[data-snag-ignore]")) return undefined;
	return target.closest("[data-snag-block]") ?? target.closest(WIDGET_SELECTOR) ?? target;
}
