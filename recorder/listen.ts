// Listening as this recorder always does: guarded, passive, and in the capture phase at the top, where
// a page that stops propagation does not hide what happened.
import type { Guard } from "./guard.ts";

export type Events = WindowEventMap & DocumentEventMap;

/** @returns a function that stops listening */
export type Listen = <K extends keyof Events>(
	target: EventTarget,
	type: K,
	handler: (event: Events[K]) => void,
) => () => void;

export function createListen(guard: Guard): Listen {
	return (target, type, handler) => {
		// The DOM's own signature knows only `Event`; the type of the event follows from its name.
		const listener = guard.wrap(handler) as EventListener;
		const options = { capture: true, passive: true };
		target.addEventListener(type, listener, options);
		return () => target.removeEventListener(type, listener, options);
	};
}
