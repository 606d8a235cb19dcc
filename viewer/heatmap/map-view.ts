// What a map shows beside page, width and group, as it stands in the address: each is text, and one that
// is not there has its default. What two maps that are compared do not share stands in `versus`, as a
// query of its own.
import { sinceOf } from "../ui/period.ts";
import { RAMPS, type RampName } from "./ramp.ts";

export const VIEW_KEYS = [
	...(["kind", "unit", "pointer", "state", "filter", "days", "from", "to"] as const),
	...(["ramp", "element", "session", "before", "versus", "show", "zones"] as const),
] as const;
export type ViewKey = (typeof VIEW_KEYS)[number];
export type MapView = Partial<Record<ViewKey, string>>;

export const KINDS = [
	...(["press", "first", "last", "rage", "dead", "error"] as const),
	...(["hesitation", "exposure", "scroll", "attention", "move"] as const),
] as const;
export type MapKind = (typeof KINDS)[number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** What `versus` may say otherwise. */
export const VERSUS_KEYS = ["group", "pointer", "state", "filter", "days", "from", "to", "before"];

/** @returns undefined where the address says nothing of it */
export function parseView(query: URLSearchParams): MapView | undefined {
	const told = VIEW_KEYS.flatMap((key) => {
		const value = query.get(key) ?? "";
		return value === "" ? [] : [[key, value] as const];
	});
	return told.length === 0 ? undefined : Object.fromEntries(told);
}

export function writeView(view: MapView | undefined, query: URLSearchParams): void {
	for (const key of VIEW_KEYS) {
		const value = view?.[key] ?? "";
		if (value !== "") query.set(key, value);
	}
}

/** A change of the view; what is "" goes back to its default. */
export function changeView(view: MapView | undefined, change: MapView): MapView | undefined {
	const next = Object.entries({ ...view, ...change }).filter(([, value]) => value !== "");
	return next.length === 0 ? undefined : Object.fromEntries(next);
}

/** What goes wrong: counted by session, however often it was pressed. */
export function isFrictionKind(kind: MapKind): boolean {
	return kind === "rage" || kind === "dead" || kind === "error";
}

export function kindOf(view: MapView | undefined): MapKind {
	return KINDS.find((kind) => kind === view?.kind) ?? "press";
}

export function rampOf(view: MapView | undefined): RampName {
	return RAMPS.find((ramp) => ramp === view?.ramp) ?? "inferno";
}

/** The query that a map asks the server. */
export interface MapAsk {
	page: string;
	width: number;
	group: string;
	kind: MapKind;
	unit: string;
	pointer: string;
	state: string;
	filter: string;
	from?: number;
	to?: number;
}

/** The query for the picture under a map. */
export interface BackdropAsk {
	page: string;
	width: number;
	group: string;
	state: string;
	session: string;
	before?: number;
}

interface MapPlace {
	page: string;
	width: number;
	group: string;
	view?: MapView;
}

export function createBackdropAsk({ page, width, group, view }: MapPlace): BackdropAsk {
	const before = parseDay(view?.before);
	const [state, session] = [view?.state ?? "", view?.session ?? ""];
	return { page, width, group, state, session, ...(before !== undefined && { before }) };
}

/** @param now epoch ms; a map of the last days ends at the present, whenever it is asked */
export function createAsk({ page, width, group, view }: MapPlace, now: number): MapAsk {
	const [from, to] = [parseDay(view?.from), parseDay(view?.to)];
	return {
		...{ page, width, group, kind: kindOf(view) },
		unit: view?.unit === "all" ? "all" : "unique",
		pointer: view?.pointer ?? "",
		state: view?.state ?? "",
		filter: view?.filter ?? "",
		from: from ?? sinceOf(view?.days ?? "", now),
		// Up to the end of the day that is named.
		...(to !== undefined && { to: to + DAY_MS }),
	};
}

/** The other of two maps. */
export function otherOf<T extends MapPlace>(map: T): T {
	const query = new URLSearchParams(map.view?.versus);
	const changed = Object.fromEntries(
		VERSUS_KEYS.flatMap((key) => (query.has(key) ? [[key, query.get(key) ?? ""]] : [])),
	);
	const { group = map.group, ...change } = changed;
	return { ...map, group, view: changeView(map.view, change) };
}

/** `2026-11-23` → epoch ms of its first moment here. */
function parseDay(text: string | undefined): number | undefined {
	const at = text === undefined ? Number.NaN : new Date(`${text}T00:00`).getTime();
	return Number.isFinite(at) ? at : undefined;
}
