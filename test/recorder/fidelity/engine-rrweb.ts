// Page script: rrweb's recorder with nothing around it, to learn what is beyond it.
import { record } from "@rrweb/record";
import { settleByTime } from "./engine.ts";
import { openLivePage } from "./live-page.ts";

openLivePage({
	start: (emit) => {
		record({ emit, recordAfter: "DOMContentLoaded" });
	},
	settle: settleByTime,
});
