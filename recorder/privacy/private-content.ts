// Where the content of an element belongs to the visitor: what is typed there, or what they chose from.

/** What `PRIVATE_SELECTOR` asks of the live page, of a serialised element. */
export function isPrivateContent(
	tag: string,
	attributes: Readonly<Record<string, unknown>>,
): boolean {
	const editable = attributes.contenteditable;
	return (
		tag === "option" ||
		tag === "textarea" ||
		"data-snag-mask" in attributes ||
		(typeof editable === "string" && editable.toLowerCase() !== "false")
	);
}

const VALUE_IS_NO_TEXT = new Set([
	...["hidden", "checkbox", "radio", "file", "image", "range", "color", "number"],
	...["date", "datetime-local", "month", "week", "time"],
]);
const VALUE_IS_LABEL = new Set(["submit", "reset", "button"]);

/**
 * What the value of a form control is: `typed` text can be shown as bullets, a `label` is the page's
 * own word on a button, `hidden` is anything else, down to what was ticked or chosen.
 */
export function kindOfValue(tag: string, type: string): "typed" | "label" | "hidden" {
	if (tag === "textarea") return "typed";
	if (tag !== "input" || VALUE_IS_NO_TEXT.has(type)) return "hidden";
	return VALUE_IS_LABEL.has(type) ? "label" : "typed";
}
