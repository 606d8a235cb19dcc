// Text and styles of a page after privacy.
import { redactText } from "../../protocol/text-rule.ts";
import { cleanCss } from "./clean-css.ts";
import { maskTyped, maskWords } from "./mask-typed.ts";
import type { Level } from "./private-content.ts";

const MASKS = [redactText, maskWords, maskTyped];

/** Text as it stands in an element. */
export function maskContent(text: string, level: Level): string {
	return MASKS[level]?.(text) ?? "";
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
