// What the page tells the loader in its worker, and what it hears from it.
import type { Difference } from "../../replay/difference.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import type { ApiError } from "../api.ts";
import type { Stretch } from "./inactivity.ts";
import type { Aim, Contents } from "./passage.ts";

export type Order =
	/** What there is to play; again when more came. */
	| { do: "open"; url: string; startedAt: number; contents: Contents; viewport: Size }
	/** Wants a window to show this, or what differs from what is `shown`. */
	| { do: "aim"; token: number; aim: Aim; shown?: Aim | undefined }
	/** The window is being played and stands here, ms from the session's start. */
	| { do: "follow"; at: number }
	/** The picture stands. */
	| { do: "rest" }
	/** Somebody points at this. */
	| { do: "hint"; aims: Aim[] }
	/** What failed may be tried again. */
	| { do: "retry" };

/** `partial`: while this page is shown that was never told as a whole, as far as is known. */
export interface WindowReport {
	is: "window";
	token: number;
	aim: Aim;
	events: RawEvent[];
	partial: Stretch | undefined;
	/** ms from the session's start, `Infinity` where the tab has nothing more. */
	until: number;
	full: boolean;
}

/** The page that is shown can be changed in place: what differs, and what follows. */
export interface ChangeReport {
	is: "change";
	token: number;
	difference: Difference;
	/** From the instant on. */
	events: RawEvent[];
	partial: Stretch | undefined;
	until: number;
	full: boolean;
}

export type Report =
	| WindowReport
	| ChangeReport
	/** The window goes on. */
	| { is: "more"; token: number; events: RawEvent[]; until: number; full: boolean }
	| { is: "progress"; token: number; done: number; total: number }
	/** `passing`: it is tried again without being asked. */
	| { is: "failed"; token: number; error: ApiError; passing: boolean }
	/** The tab has no picture. */
	| { is: "empty"; token: number }
	/** The manifest names what is gone. */
	| { is: "stale"; error: ApiError }
	/** One slice was looked at: when something was done in it, ms from the session's start. */
	| { is: "activity"; part: string; active: Stretch[] }
	/** One slice cannot be read. */
	| { is: "lost"; part: string; message: string };

interface Size {
	width: number;
	height: number;
}
