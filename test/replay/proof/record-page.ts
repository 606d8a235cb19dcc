// Runs in a page that is recorded: the recorder's own DOM capture, its events kept in the page.
import { unpackEvent } from "../../../protocol/packed-event.ts";
import { watchDom } from "../../../recorder/capture/dom/watch-dom.ts";
import { createGuard } from "../../../recorder/guard.ts";

declare global {
	interface Window {
		recorded: unknown[];
		/** Set by a page once all its steps are done. */
		isDone?: boolean;
	}
}

// Frames get this script as well; they are recorded from the page.
if (window.top === window) {
	window.recorded = [];
	document.addEventListener("DOMContentLoaded", () => {
		const guard = createGuard(
			() => performance.now(),
			() => undefined,
		);
		watchDom(guard, ({ wire }) => window.recorded.push(unpackEvent(wire)));
	});
}
