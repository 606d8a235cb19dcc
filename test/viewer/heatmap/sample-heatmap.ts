// A map's answer to begin from: a hundred sessions, a view each.
import type { Heatmap, HeatmapElement } from "../../../protocol/api.ts";

export function createSampleHeatmap(change: Partial<Heatmap> = {}): Heatmap {
	return {
		...{ page: "/", kind: "press", group: "", unit: "unique", pointer: "", state: "", filter: "" },
		...{ from: 0, to: 1, groups: [], groupsFrom: "fixed", states: [], pointers: [] },
		...{ presses: 0, sessions: 100, views: 100, exits: 40, openExits: 0, counted: 0 },
		...{ sampledViews: 100, sampledPresses: 0 },
		elements: [],
		freshness: { state: "current", waitingChunks: 0, waitingSince: 0 },
		...change,
	};
}

export function createSampleElement(change: Partial<HeatmapElement> = {}): HeatmapElement {
	return {
		...{
			id: "a1",
			key: "id:buy",
			also: [],
			candidates: [["id", "buy"]],
			tag: "button",
			role: "button",
		},
		...{ text: "Buy", layer: "flow", presses: 12, sessions: 10, views: 10, first: 4, last: 2 },
		...{ exposedSessions: 80, exposedViews: 80, exits: 3, next: [], count: 10 },
		bins: [[32, 32, 10]],
		...change,
	};
}
