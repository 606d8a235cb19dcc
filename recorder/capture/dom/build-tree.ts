// Trees as they are told, for snapshots and for what is added. A tree may be larger than there is time
// for: what is left out then is pending, and follows in its place.
import type { PackedElement, PackedTree } from "../../../protocol/packed-event.ts";
import { attributeNamesOf } from "../../native.ts";
import type { MaskedElement } from "../../privacy/mask-attribute.ts";
import { hasContent, isElement, isRecorded, isText, type Nodes, shadowOf } from "./nodes.ts";
import { isRuled, type Serializer } from "./serialize.ts";

/** How much more is told now. */
export interface Budget {
	nodes: number;
	/** Of a monotonic clock, ms. */
	until: number;
	/** What is told even then; asked for when it is spent. */
	urgent?: () => ReadonlySet<Node>;
}

export interface TreeBuilder {
	/** @param parent what the node stands in, as far as privacy goes */
	build(node: Node, parent: MaskedElement, budget: Budget): PackedTree;
	isSpent(budget: Budget): boolean;
	/** Told without some of their children. */
	pending: Set<Node>;
}

export interface TreeBuilderOptions {
	nodes: Nodes;
	serializer: Serializer;
	clock: () => number;
	/** A replay has this element now. */
	onElement: (element: Element, told: PackedElement, described: MaskedElement) => void;
}

/** The clock is looked at once in so many nodes. */
const CLOCK_EVERY = 16;

export function createTreeBuilder(options: TreeBuilderOptions): TreeBuilder {
	const { nodes, serializer, clock, onElement } = options;
	const pending = new Set<Node>();

	const isSpent = (budget: Budget): boolean => {
		if (budget.nodes % CLOCK_EVERY === 0 && clock() >= budget.until) budget.nodes = 0;
		return budget.nodes <= 0;
	};
	const build = (node: Node, parent: MaskedElement, budget: Budget): PackedTree => {
		nodes.markSent(node);
		budget.nodes--;
		if (!isElement(node)) {
			const told = serializer.node(node, parent);
			if (typeof told !== "string") buildChildren(node, node, told, parent, budget);
			return told;
		}
		const names = attributeNamesOf(node);
		const described = serializer.describe(node, parent, names);
		const told = serializer.element(node, described, names);
		onElement(node, told, described);
		if (!hasContent(described.tag, names)) return told;
		buildChildren(node, node, told, described, budget);
		const root = shadowOf(node);
		if (root !== null) {
			const shadow: PackedElement = ["#shadow"];
			told.push(shadow);
			buildChildren(root, node, shadow, described, budget);
		}
		return told;
	};

	/** @param owner is pending where there is no time for all of them */
	function buildChildren(
		from: Node,
		owner: Node,
		into: PackedElement,
		parent: MaskedElement,
		budget: Budget,
	): void {
		const isRules = isRuled(into);
		for (let child = from.firstChild; child !== null; child = child.nextSibling) {
			if (!isRecorded(child, parent.tag)) continue;
			if (isSpent(budget)) {
				pending.add(owner);
				const urgent = budget.urgent?.();
				if (urgent === undefined) return;
				if (!urgent.has(isText(child) ? owner : child)) continue;
			}
			const told = build(child, parent, budget);
			// Its rules say it; the text keeps its place.
			into.push(isRules ? "" : told);
		}
	}

	return { build, isSpent, pending };
}
