// What an element is to its visitor, by the tag and the role that its fact tells.
import type { Target } from "./observation.ts";

/** They promise that something happens. */
const ACTION_ROLES =
	/^(?:button|link|checkbox|radio|switch|tab|menuitem(?:checkbox|radio)?|treeitem)$/;
const ACTION_TAGS = /^(?:button|summary)$/;
/** What is pressed there shows in ways that no fact tells: a caret, a list of the browser's, another document. */
const OWN_WAYS_TAGS = /^(?:canvas|video|audio|iframe|embed|object|select|option|label|textarea)$/;
const OWN_WAYS_ROLES =
	/^(?:textbox|searchbox|combobox|listbox|option|spinbutton|slider|scrollbar|application)$/;
/** What a server sends as a download leaves the page as it is. */
const FILE = /\.(?!html?$|php$|aspx?$|jsp$)[a-z][a-z0-9]{1,4}$/i;
/** What says something and looks like it might do something. */
const STATIC = /^(?:img|picture|svg|p|span|h[1-6]|li|td|th|dt|dd|b|strong|em|i|figure|figcaption)$/;

export function isInteractive({ tag, role }: Target): boolean {
	return ACTION_ROLES.test(role) || ACTION_TAGS.test(tag);
}

export function isLink({ role }: Target): boolean {
	return role === "link";
}

export function isStatic(element: Target): boolean {
	return STATIC.test(element.tag) && element.role.replace(/^(?:img|heading|listitem)$/, "") === "";
}

/** Can the facts tell whether a press on it was answered? */
export function hasOwnWays({ tag, role, link }: Target): boolean {
	if (ACTION_ROLES.test(role)) return FILE.test(link);
	return OWN_WAYS_TAGS.test(tag) || OWN_WAYS_ROLES.test(role) || tag === "input";
}
