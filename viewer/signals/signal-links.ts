// Where a signal leads: into a replay, onto the map of its page, to the sessions that met it.
import type { SignalReport } from "../../protocol/api.ts";
import { KINDS, type MapKind } from "../heatmap/map-view.ts";
import { MAP_WIDTHS, type Route } from "../routes.ts";
import { WHOLE_LIST } from "../sessions/session-list.ts";
import { DEFAULT_DAYS } from "../ui/period.ts";
import type { SignalView } from "./signal-view.ts";

export type ReportedSignal = SignalReport["signals"][number];

/** A phone shows the map of a phone; a desk page would be a stamp on it. */
const PHONE_PX = 720;
const [PHONE_WIDTH, , DESK_WIDTH] = MAP_WIDTHS;

/** Maps that count a kind under another name. */
const SHOWN_AS: Readonly<Record<string, MapKind>> = {
	...{ rage_key: "rage", dead_disabled: "dead", dead_static: "dead" },
};

/** Of presses, where no map is of that kind. */
export function mapKindOf(kind: string): MapKind {
	return KINDS.find((known) => known === kind) ?? SHOWN_AS[kind] ?? "press";
}

/** With the element opened; undefined where the page is not known. */
export function mapOf(
	site: string,
	{ kind, page, element }: ReportedSignal,
	{ view: { days, filter }, windowPx }: { view: SignalView; windowPx: number },
): Route | undefined {
	if (page === "") return undefined;
	const width = windowPx < PHONE_PX ? PHONE_WIDTH : DESK_WIDTH;
	const mapKind = mapKindOf(kind);
	const view = {
		...(mapKind !== "press" && { kind: mapKind }),
		...(element.key !== "" && { element: element.key }),
		...(filter !== "" && { filter }),
		...(days !== "" && days !== DEFAULT_DAYS && { days }),
	};
	return { name: "heatmap", site, page, width, group: "", view };
}

/** Those of the report's period that fit its filter. */
export function sessionsOf(
	site: string,
	{ kind, page, element }: ReportedSignal,
	{ days, filter }: Pick<SignalView, "days" | "filter">,
): Route {
	const list = { ...WHOLE_LIST, kind, page, key: element.key, filter, days: days || DEFAULT_DAYS };
	return { name: "sessions", site, list };
}

export function replayOf(
	site: string,
	{ session, replayAt }: ReportedSignal["replays"][number],
): Route {
	return { name: "session", site, session, at: replayAt };
}
