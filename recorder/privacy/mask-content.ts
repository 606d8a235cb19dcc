// Text and styles of a page after privacy.
import { maskText } from "../../protocol/text-rule.ts";
import { cleanCss } from "./clean-css.ts";
import type { MaskedElement } from "./mask-attributes.ts";
import { maskTyped } from "./mask-typed.ts";

/** Text as it stands in an element. What is in `noscript` is markup that nobody sees. */
export function maskContent(text: string, { tag, hidden }: MaskedElement): string {
	if (tag === "style") return cleanCss(text);
	if (tag === "noscript" || tag === "script") return "";
	if (hidden) return maskTyped(text);
	return tag === "title" ? maskText(text, 200) : text;
}

/** Rules and values of style sheets, however deep in the event they stand. */
export function maskStyles(data: Record<string, unknown>): void {
	for (const [name, value] of Object.entries(data)) {
		if (typeof value === "string") data[name] = cleanCss(value);
		else if (typeof value === "object" && value !== null) {
			maskStyles(value as Record<string, unknown>);
		}
	}
}
