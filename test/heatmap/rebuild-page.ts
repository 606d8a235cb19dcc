// Runs in the browser: a recorded page rebuilt by the viewer's own code, and what stands where on it.
import type { Backdrop, HeatmapElement } from "../../protocol/api.ts";
import { createElementKey, type ElementCandidate } from "../../protocol/element-key.ts";
import { type BuiltPage, buildPage } from "../../viewer/heatmap/backdrop.ts";
import type { Box } from "../../viewer/heatmap/place-element.ts";
import type { PlacedElement } from "../../viewer/heatmap/project.ts";
import { projectOn } from "../../viewer/heatmap/read-map.ts";
import { resolveElement } from "../../viewer/heatmap/resolve.ts";
import type { Size } from "../../viewer/player/stage.ts";

/** What a map says of one element. */
export interface Seen {
	reason?: string;
	layer?: string;
	points: { x: number; y: number; presses: number }[];
	/** Of its presses, where they are and are not. */
	shown: number;
	notShown: number;
}

export interface MapSeen {
	elements: Seen[];
	shown: number;
	notShown: number;
	hollow: number;
	/** Where what is marked stands, however the map finds it: mark → box in the document. */
	marks: Record<string, Box>;
	size: Size;
}

declare global {
	interface Window {
		/** In the place of the one before; stays until the next. */
		buildMapPage(events: Backdrop["events"], at: number, viewport: Size): Promise<void>;
		mapPage: BuiltPage;
		seeMap(elements: HeatmapElement[]): MapSeen;
		/** The marks of the elements that these are found as. */
		findMarks(elements: HeatmapElement[]): (string | undefined)[];
		/** The keys of what stands on the page with these marks, as it is rebuilt. */
		takeKeys(marks: string[]): (ElementCandidate[] | undefined)[];
	}
}

window.buildMapPage = async (events, at, viewport) => {
	window.mapPage?.destroy();
	const room = document.createElement("div");
	document.body.replaceChildren(room);
	const chosen = { score: 0, state: "", choices: [] };
	const rest = { page: "/", session: "", width: viewport.width, recordedAt: viewport, ...chosen };
	window.mapPage = await buildPage(room, { ...rest, events, at }, viewport);
};

window.seeMap = (elements) => {
	const page = window.mapPage;
	const { placed, missing, hollow, shown, notShown } = projectOn(page, elements);
	const seen = elements.map((element): Seen => {
		const found: PlacedElement | undefined = placed.find((entry) => entry.element === element);
		const gone = missing.filter((entry) => entry.element === element);
		const points = found?.points ?? [];
		return {
			...(gone[0] && { reason: gone[0].reason }),
			...(found && { layer: found.layer }),
			points,
			shown: points.reduce((sum, { presses }) => sum + presses, 0),
			notShown: gone.reduce((sum, { presses }) => sum + presses, 0),
		};
	});
	const marks = Object.fromEntries(listMarked(page.document));
	return { elements: seen, shown, notShown, hollow: hollow.length, marks, size: page.size };
};

window.findMarks = (elements) =>
	elements.map((element) => {
		const found = resolveElement(element, window.mapPage);
		const node = found.state === "placed" ? found.node : undefined;
		return node?.getAttribute("data-mark") ?? undefined;
	});

window.takeKeys = (marks) => {
	const { document } = window.mapPage;
	const findAll = (selector: string) => document.querySelectorAll(selector);
	return marks.map((mark) => {
		const node = document.querySelector(`[data-mark="${mark}"]`);
		return node === null ? undefined : createElementKey(node, findAll);
	});
};

function listMarked(page: Document): [string, Box][] {
	return [...page.querySelectorAll("[data-mark]")].map((element) => {
		const { left, top, width, height } = element.getBoundingClientRect();
		const { scrollX = 0, scrollY = 0 } = page.defaultView ?? {};
		const box = { x: left + scrollX, y: top + scrollY, width, height };
		return [element.getAttribute("data-mark") ?? "", box];
	});
}
