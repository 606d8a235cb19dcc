// Page script: the recorder's own capture.
import { watchDom } from "../../../recorder/capture/dom.ts";
import { createGuard } from "../../../recorder/guard.ts";
import { settleByTime } from "./engine.ts";
import { openLivePage } from "./live-page.ts";

openLivePage({
	start: (emit) => {
		const guard = createGuard(
			() => performance.now(),
			() => undefined,
		);
		watchDom(guard, emit);
	},
	settle: settleByTime,
});
