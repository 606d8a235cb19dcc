// The screens and their addresses. Everything a colleague needs to see the same thing is in the URL.
import { type MapView, parseView, writeView } from "./heatmap/map-view.ts";
import { formatList, parseList, type SessionList } from "./sessions/session-list.ts";
import { formatSignalView, parseSignalView, type SignalView } from "./signals/signal-view.ts";

export type Route =
	| { name: "home" }
	| { name: "sign-in" }
	| { name: "new-site" }
	| { name: "sessions"; site: string; list?: SessionList }
	/** `at` is the instant to stand at, in ms from the session's start; the URL says seconds. */
	| { name: "session"; site: string; session: string; at: number }
	| { name: "signals"; site: string; view?: SignalView }
	| { name: "heatmaps"; site: string }
	/** Which pages are shown as one. */
	| { name: "page-rules"; site: string }
	| { name: "heatmap"; site: string; page: string; width: number; group: string; view?: MapView }
	| { name: "setup"; site: string }
	| { name: "unknown"; path: string };

/** The widths a map is drawn at: a phone, a tablet, a desk. */
export const MAP_WIDTHS = [390, 768, 1440] as const;
const DEFAULT_WIDTH = 1440;

/** Path and query of a URL → the screen it names; never throws. */
export function parseRoute(path: string, search: string): Route {
	const unknown: Route = { name: "unknown", path };
	const parts = decodeParts(path);
	if (parts === undefined) return unknown;
	const [root, site = "", section, id, ...rest] = parts;
	if (root === undefined) return { name: "home" };
	if (root === "sign-in" && parts.length === 1) return { name: "sign-in" };
	if (root !== "sites" || site === "" || rest.length > 0) return unknown;
	if (site === "new" && section === undefined) return { name: "new-site" };
	const query = new URLSearchParams(search);
	switch (section) {
		case undefined:
			return { name: "sessions", site };
		case "sessions":
			if (id === undefined) {
				const list = parseList(query);
				return { name: "sessions", site, ...(list !== undefined && { list }) };
			}
			return { name: "session", site, session: id, at: parseSeconds(query.get("t")) };
		case "signals": {
			if (id !== undefined) return unknown;
			const view = parseSignalView(query);
			return { name: "signals", site, ...(view !== undefined && { view }) };
		}
		case "heatmaps":
			if (id === "pages") return { name: "page-rules", site };
			return id === undefined ? { name: "heatmaps", site } : parseMap(site, id, query, unknown);
		case "setup":
			return id === undefined ? { name: "setup", site } : unknown;
		default:
			return unknown;
	}
}

/** A screen → its path and query; `parseRoute` gives the same screen back. */
export function formatRoute(route: Route): string {
	switch (route.name) {
		case "home":
			return "/";
		case "sign-in":
			return "/sign-in";
		case "new-site":
			return "/sites/new";
		case "session": {
			const seconds = Math.round(route.at / 100) / 10;
			const path = `${sitePath(route.site)}/sessions/${encodeURIComponent(route.session)}`;
			return seconds > 0 ? `${path}?t=${seconds}` : path;
		}
		case "heatmap": {
			const query = new URLSearchParams({ page: route.page, width: String(route.width) });
			if (route.group !== "") query.set("group", route.group);
			writeView(route.view, query);
			// A page pattern stays legible: `/` and `:` may stand in a query as they are (RFC 3986 §3.4).
			const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
			return `${sitePath(route.site)}/heatmaps/map?${text}`;
		}
		case "page-rules":
			return `${sitePath(route.site)}/heatmaps/pages`;
		case "sessions":
			return `${sitePath(route.site)}/sessions${formatList(route.list)}`;
		case "signals":
			return `${sitePath(route.site)}/signals${formatSignalView(route.view)}`;
		case "heatmaps":
		case "setup":
			return `${sitePath(route.site)}/${route.name}`;
		case "unknown":
			return route.path;
	}
}

function parseMap(site: string, id: string, query: URLSearchParams, unknown: Route): Route {
	const page = query.get("page") ?? "";
	if (id !== "map" || page === "") return unknown;
	const wanted = Number(query.get("width"));
	const width = MAP_WIDTHS.find((known) => known === wanted) ?? DEFAULT_WIDTH;
	const view = parseView(query);
	const group = query.get("group") ?? "";
	return { name: "heatmap", site, page, width, group, ...(view !== undefined && { view }) };
}

function parseSeconds(text: string | null): number {
	const seconds = Number(text ?? 0);
	return Number.isFinite(seconds) && seconds > 0 ? Math.round(seconds * 1000) : 0;
}

function decodeParts(path: string): string[] | undefined {
	try {
		return path
			.split("/")
			.filter((part) => part !== "")
			.map(decodeURIComponent);
	} catch {
		return undefined;
	}
}

function sitePath(site: string): string {
	return `/sites/${encodeURIComponent(site)}`;
}
