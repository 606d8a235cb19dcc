// How a page is left, for good or for another program, and what is done to see more of it.
import { FACT_LEAVE, type LeaveKind } from "../../../protocol/fact.ts";
import type { Listen } from "../../listen.ts";
import type { FactScope, Tell } from "./fact-scope.ts";

export interface LeaveWatch {
	/** A pressed element may lead out of the page. */
	onPress(element: Element): void;
	tell: Tell;
}

/** A page out of sight this soon after a press has opened something: `window.open` is not patched. */
const OPEN_MS = 1000;
const ZOOMED = 1.2;

export function watchLeaving({ on, undo, now, tell }: FactScope, listen: Listen): LeaveWatch {
	let pressedAt = 0;
	let isZoomed = false;
	const leave = (how: LeaveKind, ...scale: [scale?: number]) => tell(FACT_LEAVE, how, ...scale);
	on(["copy"], () => leave("copy"));
	on(["beforeprint"], () => leave("print"));
	on(["keydown"], ({ key, ctrlKey, metaKey }) => {
		if (key === "F5" || ((ctrlKey || metaKey) && /^r$/i.test(key))) leave("reload");
	});
	const { visualViewport } = window;
	if (visualViewport) {
		const onZoom = () => {
			const { scale } = visualViewport;
			if (scale >= ZOOMED === isZoomed) return;
			isZoomed = !isZoomed;
			leave("zoom", Math.round(scale * 100));
		};
		undo(listen(visualViewport, "resize", onZoom));
	}
	return {
		onPress(element) {
			pressedAt = now();
			const kind = element.matches("a[href],area[href]")
				? element.hasAttribute("download")
					? "download"
					: element.getAttribute("target") === "_blank" && "open"
				: undefined;
			if (!kind) return;
			pressedAt = 0;
			leave(kind);
		},
		tell(reason) {
			if (reason === "unload") leave("unload");
			if (reason === "hidden" && now() - pressedAt < OPEN_MS) leave("open");
		},
	};
}
