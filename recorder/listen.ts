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

export interface Listening {
	listen: Listen;
	/** Tells what was kept before anybody listened, with the box of what was pressed as it was then. */
	repeat(event: Event, box: DOMRect | undefined): void;
}

export function createListen(guard: Guard): Listening {
	const listening = new Set<[type: string, listener: EventListener]>();
	return {
		listen(target, type, handler) {
			// The DOM's own signature knows only `Event`; the type of the event follows from its name.
			const listener = guard.wrap(handler) as EventListener;
			const options = { capture: true, passive: true };
			const entry: [string, EventListener] = [type, listener];
			if (target === window) listening.add(entry);
			target.addEventListener(type, listener, options);
			return () => {
				listening.delete(entry);
				target.removeEventListener(type, listener, options);
			};
		},
		repeat(event, box) {
			const copy = copyEvent(event, box);
			for (const [type, listener] of [...listening]) if (type === event.type) listener(copy);
		},
	};
}

/** Where the pressed element has moved since, the press has moved with it. */
function copyEvent(event: Event, box: DOMRect | undefined): Event {
	const moved: Record<string | symbol, unknown> = {};
	if (box !== undefined) {
		const { left, top } = (event.target as Element).getBoundingClientRect();
		const { clientX, clientY } = event as PointerEvent;
		Object.assign(moved, { clientX: clientX + left - box.left, clientY: clientY + top - box.top });
	}
	// Of an event some things cost a layout and some may throw: only what is asked for is read.
	return new Proxy(event, {
		get(_, name) {
			const value: unknown = moved[name] ?? event[name as keyof Event];
			return typeof value === "function" ? value.bind(event) : value;
		},
	});
}
