// Page script: the recorder's own capture.
import { type RrwebEvent, unpackEvent } from "../../../protocol/packed-event.ts";
import { type DomWatch, watchDom } from "../../../recorder/capture/dom/watch-dom.ts";
import { createGuard } from "../../../recorder/guard.ts";
import { settleByTime } from "./engine.ts";
import { openLivePage } from "./live-page.ts";

/** As it comes out at the other end. */
function travel(wire: unknown): RrwebEvent {
	return unpackEvent(JSON.parse(JSON.stringify(wire))) as RrwebEvent;
}

let watch: DomWatch | undefined;

openLivePage({
	start: (emit) => {
		const guard = createGuard(
			() => performance.now(),
			() => undefined,
		);
		watch = watchDom(guard, ({ wire }) => emit(travel(wire)));
	},
	async settle() {
		// Samples come by the clock; what waits for a pause of the page need not.
		await settleByTime();
		while (watch?.hasMore()) await new Promise(requestAnimationFrame);
		watch?.flush();
	},
});
