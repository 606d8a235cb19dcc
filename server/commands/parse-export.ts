// `snag export heatmap --site ID --page /x …` → what is asked of the read API, which says itself what is wrong with
// what it is asked; here only what it would not notice.
import { type OptionTypes, readCount, UsageError, type Values } from "./parse-options.ts";

export interface ExportRequest {
	site: string;
	/** Of the read API's heatmap. */
	query: Record<string, string>;
	format: "csv" | "json";
	/** With the bins of each element in the CSV. */
	bins: boolean;
	/** File to write to; "" is stdout. */
	out: string;
}

/** As the read API calls them. */
const ASKED = ["page", "kind", "group", "unit", "pointer", "state", "filter"] as const;
const TIMES = ["from", "to"] as const;
const MOST_WIDTH = 10_000;

export const EXPORT_OPTIONS: OptionTypes = {
	...Object.fromEntries([...ASKED, ...TIMES].map((name) => [name, { type: "string" } as const])),
	site: { type: "string" },
	width: { type: "string" },
	format: { type: "string" },
	bins: { type: "boolean" },
	out: { type: "string" },
};

/** @throws UsageError */
export function parseExport(values: Values): ExportRequest {
	const { site, page, out = "", json, bins } = values;
	if (site === undefined) throw new UsageError("snag export heatmap needs --site and a site's id.");
	if (page === undefined) {
		throw new UsageError("snag export heatmap needs --page, as in --page /product/:slug.");
	}
	const query: Record<string, string> = {};
	for (const name of ASKED) if (values[name] !== undefined) query[name] = String(values[name]);
	for (const name of TIMES) {
		if (values[name] !== undefined) query[name] = String(parseTime(name, String(values[name])));
	}
	const width = readCount(values, "width", { most: MOST_WIDTH });
	if (width !== undefined) query.width = String(width);
	const format = json === true ? "json" : (values.format ?? "csv");
	if (format !== "csv" && format !== "json") {
		throw new UsageError(`--format takes csv or json, not ${format}.`);
	}
	return { site: String(site), query, format, bins: bins === true, out: String(out) };
}

/** Epoch ms, or a date or time as ISO 8601 writes it; without a time it is midnight UTC. */
function parseTime(name: string, text: string): number {
	if (/^\d{9,16}$/.test(text)) return Number(text);
	const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
	if (!Number.isNaN(at)) return at;
	throw new UsageError(`--${name} takes a time as 2026-01-31 or 2026-01-31T09:00Z, not ${text}.`);
}
