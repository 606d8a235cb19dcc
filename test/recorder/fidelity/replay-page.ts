// Runs in the browser: rebuilds a page by rrweb's replayer and says what it shows.
import type { DomEvent } from "../../../recorder/privacy/mask-event.ts";
import { withReplayer } from "../../replay/proof/with-replayer.ts";
import { type NormalNode, normalizeDocument } from "./normal-tree.ts";

declare global {
	interface Window {
		/** @returns the error of a replayer that could not go on */
		rebuild(events: readonly DomEvent[]): Promise<NormalNode | string>;
	}
}

window.rebuild = async (events) => {
	const at = events.at(-1)?.timestamp ?? 0;
	try {
		return await withReplayer(events, at, async ({ iframe }) => {
			// A sheet that is replaced is so in the next task.
			await new Promise((resolve) => setTimeout(resolve, 0));
			return iframe.contentDocument ? normalizeDocument(iframe.contentDocument) : "nothing";
		});
	} catch (cause) {
		return String(cause);
	}
};
