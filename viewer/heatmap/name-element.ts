// How an element is called on the screen.
import type { HeatmapElement } from "../../protocol/api.ts";

/** What is known of an element wherever it is told of. */
export type NamedElement = Pick<HeatmapElement, "key" | "text" | "role" | "tag">;

/** Tells a heatmap's elements apart: at one position there may have been several things. */
export function identifyElement({ key, tag, text }: HeatmapElement): string {
	return isPlace(key) ? `${key} ${tag} ${text}` : key;
}

/** Its text, else its name in the markup, else what it is. */
export function nameElement(element: NamedElement): string {
	const { text, role, tag, key } = element;
	if (key === "") return "Not described";
	return text || (isPlace(key) ? "" : markupName(key)) || role || `<${tag}>`;
}

/** What it is, whether it is on the map, and what tells it from others of the same text. */
export function describeElement(element: NamedElement, absent: boolean): string {
	const { role, tag } = element;
	const kind = role || (tag === "" ? "" : `<${tag}>`);
	return [absent ? "not shown" : "", kind, tellApart(element)]
		.filter((part) => part !== "")
		.join(" · ");
}

function tellApart({ key, text }: NamedElement): string {
	if (key.startsWith("path:")) return shortenPath(key);
	if (isPlace(key)) return markupName(key);
	// What is called by its words has them above already.
	return text === "" || /^(?:label|text):/.test(key) ? "" : markupName(key);
}

const isPlace = (key: string) => /^(?:path|item|class):/.test(key);

/** What a key says where nothing else is known of its element. */
export const markupName = (key: string) =>
	key.slice(key.indexOf(":") + 1).replace(/^data-[\w-]+=/, "");

/** The end of a path says more than its beginning. */
function shortenPath(key: string): string {
	const steps = key.slice("path:".length).replaceAll(":nth-of-type", "").split(" > ");
	return steps.length > 3 ? `… > ${steps.slice(-3).join(" > ")}` : steps.join(" > ");
}
