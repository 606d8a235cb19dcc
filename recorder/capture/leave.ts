// How a page is left, for good or for another program.
import { FACT_LEAVE, type LeaveFact, type LeaveKind } from "../../protocol/fact.ts";
import type { Listen } from "../listen.ts";

export interface LeaveWatch {
	/** A pressed element may lead out of the page. */
	onPress(element: Element): void;
	/** The page goes away. */
	onUnload(): void;
	stop(): void;
}

export function watchLeaving(
	listen: Listen,
	now: () => number,
	view: () => number,
	emit: (fact: LeaveFact) => void,
): LeaveWatch {
	const leave = (how: LeaveKind) => emit([FACT_LEAVE, now(), view(), how]);
	const stops = [
		listen(document, "copy", () => leave("copy")),
		listen(window, "beforeprint", () => leave("print")),
	];
	return {
		onPress(element) {
			if (!element.matches("a[href],area[href]")) return;
			if (element.hasAttribute("download")) leave("download");
			else if (element.getAttribute("target") === "_blank") leave("open");
		},
		onUnload: () => leave("unload"),
		stop: () => {
			for (const stop of stops) stop();
		},
	};
}
