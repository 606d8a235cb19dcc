// Runs in the browser: a recorded page rebuilt by the viewer's own code, and what stands where on it.
import type { Backdrop } from "../../protocol/api.ts";
import { type BuiltPage, buildPage } from "../../viewer/heatmap/backdrop.ts";
import type { Size } from "../../viewer/player/stage.ts";

export type Rectangle = [left: number, top: number, width: number, height: number];

declare global {
	interface Window {
		/** In the place of the one before; stays until the next. */
		buildMapPage(events: Backdrop["events"], at: number, viewport: Size): Promise<void>;
		mapPage: BuiltPage;
	}
}

window.buildMapPage = async (events, at, viewport) => {
	window.mapPage?.destroy();
	const room = document.createElement("div");
	document.body.replaceChildren(room);
	const rest = { page: "/", session: "", width: viewport.width, recordedAt: viewport };
	window.mapPage = await buildPage(room, { ...rest, events, at }, viewport);
};
