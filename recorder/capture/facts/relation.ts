// Where something happened, seen from the pressed widget.
import type { Relation } from "../../../protocol/fact.ts";

const NEAR_STEPS = 3;

export function relate(widget: Element, target: unknown): Relation {
	const { body } = document;
	const at = target instanceof Node ? outside(target) : null;
	if (widget.contains(at)) return "inside";
	const controls = widget.getAttribute("aria-controls")?.split(" ") ?? [];
	if (controls.some((id) => document.getElementById(id)?.contains(at))) return "controls";
	let around = widget;
	for (let step = 0; step < NEAR_STEPS && around.parentElement !== body; step++) {
		around = around.parentElement ?? around;
	}
	return around.contains(at) ? "near" : "elsewhere";
}

/** A shadow tree belongs to its host. */
function outside(node: Node): Node {
	const { host } = node.getRootNode() as Partial<ShadowRoot>;
	return host ? outside(host) : node;
}
