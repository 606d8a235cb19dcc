// Whether what stands at a position is what was pressed there. A position outlives its content: the
// first item of a list is another product once the list is filtered.
import { WIDGET_SELECTOR } from "../../protocol/element-key.ts";
import { isRepeatable, type LabelNode, labelOf } from "../../protocol/element-label.ts";

/** What a press recorded of its element. */
export interface Pressed {
	tag: string;
	/** Its label, "" where it had none or it is private. */
	text: string;
}

export interface Standing {
	tag: string;
	/** What it may be called: the recorder looks into widgets only, and may not have seen one here. */
	labels: readonly string[];
	/** One of several of a kind, so that only its label tells it from the others. */
	oneOfMany: boolean;
}

const LIST_ITEM = 'li,tr,article,[role="listitem"],[role="row"],[role="option"]';

/** The same tag, and among several of a kind the same label, where the press recorded one. */
export function fitsPress(pressed: Pressed, standing: Standing): boolean {
	if (standing.tag !== pressed.tag) return false;
	if (pressed.text === "" || !standing.oneOfMany) return true;
	return standing.labels.includes(pressed.text);
}

export function describeStanding(element: LabelNode): Standing {
	const own = labelOf(element, element.matches(WIDGET_SELECTOR));
	return {
		tag: element.localName.slice(0, 40),
		// A replayed page has lost its `onclick`, which made a widget of some elements.
		labels: [own, labelOf(element, true)],
		oneOfMany: element.closest(LIST_ITEM) !== null || isRepeatable(element, own),
	};
}
