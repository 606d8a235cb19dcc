// Why presses are not on the map, in words.
import type { MissingReason } from "./resolve.ts";

export const MISSING_TEXT: Readonly<Record<MissingReason, string>> = {
	no_definition: "What was pressed was never described: that part of the recording did not arrive.",
	not_found:
		"Not on the page as it is shown here: it may belong to another state or another version.",
	replaced:
		"Something else stands in its place on the page as it is shown here: the list may have been filtered, sorted or changed.",
	ambiguous: "Several elements of the shown page fit its name, and none is preferred.",
	hidden: "On the page but not visible in the state and at the width shown here.",
	outside: "Lies outside of the page at the width shown here.",
	scrolled_out:
		"In a box that scrolls by itself or slides, in a part of it that is not seen in the state shown here.",
	covered:
		"Something lies over it in the state shown here, such as an open dialog or a banner; there they would be read as presses on that.",
};
