// How a page is left, for good or for another program, and what is done to see more of it.
import { FACT_LEAVE, FACT_SWIPE, type LeaveKind } from "../../../protocol/fact.ts";
import type { FactScope } from "./fact-scope.ts";

/** A page out of sight this soon after a press has opened something: `window.open` is not patched. */
const OPEN_MS = 1000;
const ZOOMED = 1.2;

export function watchLeaving(scope: FactScope): void {
	const { on, onPress, onStop, onTell, listen, now, tell } = scope;
	let pressedAt = 0;
	let isZoomed = false;
	const leave = (how: LeaveKind) => tell(FACT_LEAVE, how);
	on({
		copy: () => leave("copy"),
		beforeprint: () => leave("print"),
		keydown({ key, ctrlKey, metaKey }) {
			if (key === "F5" || ((ctrlKey || metaKey) && /^r$/i.test(key))) leave("reload");
		},
	});
	const { visualViewport } = window;
	if (visualViewport) {
		const onZoom = () => {
			const { scale } = visualViewport;
			if (scale >= ZOOMED === isZoomed) return;
			isZoomed = !isZoomed;
			tell(FACT_LEAVE, "zoom", Math.round(scale * 100));
		};
		onStop.push(listen(visualViewport, "resize", onZoom));
	}
	onPress.push((element, [code]) => {
		if (code === FACT_SWIPE) return;
		pressedAt = now();
		if (!element.matches("a[href],area[href]")) return;
		const isDownload = element.hasAttribute("download");
		if (!isDownload && element.getAttribute("target") !== "_blank") return;
		pressedAt = 0;
		leave(isDownload ? "download" : "open");
	});
	onTell.push((reason) => {
		if (reason === "unload") leave(reason);
		if (reason === "hidden" && now() - pressedAt < OPEN_MS) leave("open");
	});
}
