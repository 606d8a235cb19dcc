// Which sessions a list has and in which order, as its address says.

/** The worst first, of those that met friction: of a kind, and on a page, "" for any. */
export interface FrictionList {
	sort: "friction";
	kind: string;
	page: string;
}

/** @returns undefined for all sessions, newest first */
export function parseList(query: URLSearchParams): FrictionList | undefined {
	if (query.get("sort") !== "friction") return undefined;
	return { sort: "friction", kind: query.get("kind") ?? "", page: query.get("page") ?? "" };
}

/** @returns with the question mark; `parseList` gives the same list back */
export function formatList(list: FrictionList | undefined): string {
	if (list === undefined) return "";
	const query = new URLSearchParams({ sort: list.sort });
	if (list.kind !== "") query.set("kind", list.kind);
	if (list.page !== "") query.set("page", list.page);
	return `?${query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}
