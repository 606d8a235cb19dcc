// Frameworks split one text into several nodes (`{user}@{host}`), with comments between them, and long
// addresses have places to break at. Each part alone may say nothing that the whole does not hide.
import { redactText } from "../../../protocol/text-rule.ts";
import { isText } from "./nodes.ts";

/** So many characters and siblings are looked at on each side. */
const REACH = 99;

/** Would something of a text be masked if it stood in one node with the texts beside it? */
export function isSplit(node: CharacterData): boolean {
	const before = textBeside(node, "previousSibling");
	const after = textBeside(node, "nextSibling");
	if (!before && !after) return false;
	const parts = [before, node.data, after];
	return redactText(parts.join("")) !== parts.map(redactText).join("");
}

function textBeside(node: Node, side: "previousSibling" | "nextSibling"): string {
	let text = "";
	let at = node[side];
	for (let steps = REACH; at && steps > text.length; steps--) {
		if (isText(at)) text = side === "nextSibling" ? text + at.data : at.data + text;
		else if (at.nodeType !== 8 && at.nodeName !== "WBR") break;
		at = at[side];
	}
	return text;
}
