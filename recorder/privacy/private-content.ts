// Whose the content of an element is, and how much of it may be told. The nearest mark decides.

/** What privacy a site has chosen: all text is masked, or what may say who somebody is. */
export type Privacy = "strict" | "balanced";

/** Text by the text rule · masked · the visitor's own. */
export type Level = 0 | 1 | 2;

export const MASK = "data-snag-mask";
export const UNMASK = "data-snag-unmask";
export const BLOCK = "data-snag-block";
export const EDITABLE = "contenteditable";
/** Attributes that change what may be told of all that stands in an element. */
export const LEVEL_MARKS = [MASK, UNMASK, BLOCK, EDITABLE];

/** The part of an element that decides. */
export interface MarkedElement {
	readonly localName: string;
	getAttribute(name: string): string | null;
}

/** Of what stands in an element; what is typed stays the visitor's whatever stands around it. */
export function levelIn(element: MarkedElement, around: Level): Level {
	if (around === 2) return around;
	const editable = element.getAttribute(EDITABLE);
	const isOwn =
		element.localName === "option" || (editable !== null && editable.toLowerCase() !== "false");
	const level = isOwn ? 2 : around;
	if (element.getAttribute(MASK) !== null) return level || 1;
	return element.getAttribute(UNMASK) === null ? level : 0;
}

const VALUE_IS_NO_TEXT =
	/^(?:hidden|checkbox|radio|file|image|range|color|number|date|datetime-local|month|week|time)$/;

/**
 * What the value of a form control is: `typed` text can be shown as bullets, a `label` is the page's
 * own word on a button, `hidden` is anything else, down to what was ticked or chosen.
 */
export function kindOfValue(tag: string, type: string): "typed" | "label" | "hidden" {
	if (tag === "textarea") return "typed";
	if (tag !== "input" || VALUE_IS_NO_TEXT.test(type)) return "hidden";
	return /^(?:submit|reset|button)$/.test(type) ? "label" : "typed";
}
