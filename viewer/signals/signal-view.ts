// Which signals a report has, as its address says; each is text, and "" is its default.

export interface SignalView {
	kind: string;
	page: string;
	/** Of an element. */
	key: string;
	/** Of sessions, as `parseSessionFilter` takes. */
	filter: string;
	/** That it looks back. */
	days: string;
}

export const SIGNAL_VIEW: SignalView = { kind: "", page: "", key: "", filter: "", days: "" };
const NAMES = ["kind", "page", "key", "filter", "days"] as const;

/** @returns undefined where the address says nothing of it */
export function parseSignalView(query: URLSearchParams): SignalView | undefined {
	const told = NAMES.map((name) => [name, query.get(name) ?? ""] as const);
	if (told.every(([, value]) => value === "")) return undefined;
	return { ...SIGNAL_VIEW, ...Object.fromEntries(told) };
}

/** @returns with the question mark; `parseSignalView` gives the same view back */
export function formatSignalView(view: SignalView | undefined): string {
	const query = new URLSearchParams();
	for (const name of NAMES) if (view && view[name] !== "") query.set(name, view[name]);
	const text = query.toString();
	return text === "" ? "" : `?${text.replaceAll("%2F", "/").replaceAll("%3A", ":")}`;
}
