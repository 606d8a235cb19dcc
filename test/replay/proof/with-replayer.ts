// Runs in the browser: rrweb's replayer at one instant of a session, set up as the viewer sets it up.
import { Replayer } from "@rrweb/replay";
import type { eventWithTime } from "@rrweb/types";

const SENTINEL = 5;

/** Plays `events` up to `at`, gives the replayer to `body`, and takes away all that it put on the page. */
export async function withReplayer<T>(
	events: readonly { type: number; timestamp: number; data?: unknown }[],
	at: number,
	body: (replayer: Replayer) => T | Promise<T>,
): Promise<T> {
	const root = document.createElement("div");
	document.body.append(root);
	const first = events[0]?.timestamp ?? at;
	const end = { type: SENTINEL, timestamp: at + 1, data: { tag: "end" } };
	const replayer = new Replayer([...events, end] as eventWithTime[], {
		root,
		triggerFocus: false,
		mouseTail: false,
		useVirtualDom: false,
		skipInactive: false,
		pauseAnimation: true,
		UNSAFE_replayCanvas: false,
		showWarning: false,
		insertStyleRules: ["* { scroll-behavior: auto !important; }"],
	});
	try {
		// A new replayer takes the size of its first Meta event in its first task, whatever was played.
		await new Promise((resolve) => setTimeout(resolve, 2));
		replayer.pause(at + 1 - first);
		return await body(replayer);
	} finally {
		replayer.iframe.contentDocument?.documentElement?.replaceChildren();
		try {
			replayer.destroy();
		} catch {
			replayer.wrapper.remove();
		}
		root.remove();
	}
}
