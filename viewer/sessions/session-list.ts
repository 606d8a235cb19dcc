// Which sessions a list has and in which order, as its address says.

/** The worst first, or the newest; asked for a kind, a page or an element, only those that met it there. "" is any. */
export interface SessionList {
	sort: "friction" | "newest";
	kind: string;
	page: string;
	/** Of an element. */
	key: string;
	/** As `parseSessionFilter` takes. */
	filter: string;
	/** That it looks back. */
	days: string;
}

/** Of what sessions met; what can be chosen is what was met. */
export const LIST_FILTERS = ["kind", "page", "key"] as const;
export type ListFilter = (typeof LIST_FILTERS)[number];

/** All sessions, the worst first: what an address without a word means. */
export const WHOLE_LIST: SessionList = {
	...{ sort: "friction", kind: "", page: "", key: "", filter: "", days: "" },
};
const WORDS = [...LIST_FILTERS, "filter", "days"] as const;

/** @returns undefined for the whole list */
export function parseList(query: URLSearchParams): SessionList | undefined {
	const told = WORDS.map((name) => [name, query.get(name) ?? ""] as const);
	const sort = query.get("sort") === "newest" ? "newest" : "friction";
	const list: SessionList = { ...WHOLE_LIST, ...Object.fromEntries(told), sort };
	return sort === "friction" && !isFiltered(list) ? undefined : list;
}

/** @returns with the question mark; `parseList` gives the same list back */
export function formatList(list: SessionList | undefined): string {
	const { sort, ...words } = list ?? WHOLE_LIST;
	const query = new URLSearchParams(sort === "newest" ? { sort } : {});
	for (const name of WORDS) if (words[name] !== "") query.set(name, words[name]);
	const text = query.toString();
	return text === "" ? "" : `?${text.replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}

export function isFiltered(list: SessionList): boolean {
	return WORDS.some((name) => list[name] !== "");
}
