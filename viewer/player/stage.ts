// The only file that touches rrweb's Replayer, and everything we know of its traps:
// - it rebuilds into a frame with sandbox="allow-same-origin"; a recording is hostile, so a frame that
//   may run script is torn down at once. `UNSAFE_replayCanvas` would allow scripts and is never set;
// - the virtual DOM drops nodes on seeks (rrweb #1358, #1435): off;
// - it edits the events it is given (`removes` of a mutation, `delay`): it gets copies;
// - a paused seek exactly onto a snapshot does not show it: see `findShownInstant`;
// - a page's own `scroll-behavior: smooth` makes seeks glide (rrweb #1472): overruled;
// - `destroy` throws when called twice, and leaves the frame's document in memory: guarded, blanked.
import { Replayer } from "@rrweb/replay";
import type { eventWithTime } from "@rrweb/types";
import type { ReplayEvent } from "../../protocol/api.ts";
import { copyEvent } from "./copy-event.ts";
import { findShownInstant } from "./shown-instant.ts";

export interface Size {
	width: number;
	height: number;
}

export interface Stage {
	readonly frame: HTMLIFrameElement;
	/** Shows the page as it was at an instant (epoch ms), and plays on from there or stands still. */
	seek(at: number, playing: boolean): void;
	setSpeed(speed: number): void;
	/** The instant that is shown, epoch ms. */
	now(): number;
	destroy(): void;
}

export interface StageOptions {
	root: HTMLElement;
	/** In order, with at least one full snapshot. */
	events: readonly ReplayEvent[];
	onResize: (size: Size) => void;
	/** The last event was played. */
	onEnd: () => void;
}

const SANDBOX = "allow-same-origin";
const STYLE_RULES = ["* { scroll-behavior: auto !important; }"];

/** @throws where the events cannot be played at all, or the frame is not sandboxed */
export function createStage({ root, events, onResize, onEnd }: StageOptions): Stage {
	const copies = events.map(copyEvent).filter((event) => event !== undefined);
	const replayer = new Replayer(copies as eventWithTime[], {
		root,
		triggerFocus: false,
		mouseTail: false,
		useVirtualDom: false,
		skipInactive: false,
		pauseAnimation: true,
		UNSAFE_replayCanvas: false,
		showWarning: false,
		insertStyleRules: STYLE_RULES,
	});
	const frame = replayer.iframe;
	const destroy = createDestroy(replayer);
	if (frame.getAttribute("sandbox") !== SANDBOX) {
		destroy();
		throw new Error("The frame of the replayed page is not sandboxed.");
	}
	frame.setAttribute("title", "The recorded page");
	frame.setAttribute("tabindex", "-1");
	replayer.on("resize", (size) => onResize(size as Size));
	replayer.on("finish", onEnd);
	const { startTime, endTime } = replayer.getMetaData();
	return {
		frame,
		seek(at, playing) {
			const shown = Math.min(findShownInstant(copies, at), endTime);
			if (playing) replayer.play(shown - startTime);
			else replayer.pause(shown - startTime);
		},
		setSpeed: (speed) => replayer.setConfig({ speed }),
		now: () => startTime + replayer.getCurrentTime(),
		destroy,
	};
}

function createDestroy(replayer: Replayer): () => void {
	let destroyed = false;
	return () => {
		if (destroyed) return;
		destroyed = true;
		// 37-74 MB stayed per opened session at PostHog until the frame was emptied (PostHog #45657).
		replayer.iframe.contentDocument?.documentElement.replaceChildren();
		try {
			replayer.destroy();
		} catch {
			// It throws where its nodes are already gone; what matters is that they are.
			replayer.wrapper.remove();
		}
	};
}
