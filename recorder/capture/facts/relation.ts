// Where something happened, seen from the pressed widget.
import type { Relation } from "../../../protocol/fact.ts";

const NEAR_STEPS = 3;

export function relate(widget: Element, node: Node | undefined): Relation {
	const { ownerDocument, parentElement } = widget;
	const at = node ? outside(node) : null;
	if (widget.contains(at)) return "inside";
	const controls = widget.getAttribute("aria-controls")?.split(" ") ?? [];
	if (controls.some((id) => ownerDocument.getElementById(id)?.contains(at))) return "controls";
	let around = parentElement;
	for (let step = 0; step < NEAR_STEPS && around !== ownerDocument.body; step++) {
		if (around?.contains(at)) return "near";
		around = around?.parentElement ?? null;
	}
	return "elsewhere";
}

/** A shadow tree belongs to its host. */
function outside(node: Node): Node {
	const { host } = node.getRootNode() as Partial<ShadowRoot>;
	return host ? outside(host) : node;
}
