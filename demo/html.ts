/**
 * HTML as a tagged template. Every value is escaped unless it is itself `Html`, so a page can only
 * be broken on purpose. Server and browser render with the same functions, hence no DOM here.
 */
export interface Html {
	readonly markup: string;
}

export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
	const markup = strings.reduce((sum, part, at) => sum + renderValue(values[at - 1]) + part);
	return { markup };
}

/** Markup written by us and known to be safe; never what a visitor sent. */
export function trusted(markup: string): Html {
	return { markup };
}

function renderValue(value: HtmlValue): string {
	if (value === false || value === undefined) return "";
	if (typeof value === "string") return escapeText(value);
	if (typeof value === "number") return String(value);
	if ("markup" in value) return value.markup;
	return value.map(renderValue).join("");
}

function escapeText(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&#39;");
}
