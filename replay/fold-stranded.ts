// Trees that are out of the page while the replayer still knows their nodes. A page that makes and drops
// elements with shadow trees leaves them behind without end, so the oldest are forgotten.
import { type FoldNode, type Page, walk } from "./fold-tree.ts";

const STRANDED_NODES = 20_000;

export function createStranded(mirror: Map<number, FoldNode>): Pick<Page, "strand" | "stranded"> {
	let queue: { root: FoldNode; count: number }[] = [];
	let forgotten = 0;
	let total = 0;

	function strand(root: FoldNode): void {
		let count = 0;
		for (const node of walk(root)) if (mirror.get(node.id) === node) count++;
		queue.push({ root, count });
		total += count;
		while (total > STRANDED_NODES && forgotten < queue.length) {
			const oldest = queue[forgotten++];
			if (oldest === undefined) break;
			total -= oldest.count;
			if (oldest.root.parent === undefined) forget(mirror, oldest.root);
		}
		if (forgotten > queue.length / 2) {
			queue = queue.slice(forgotten);
			forgotten = 0;
		}
	}

	return {
		strand,
		get stranded() {
			return total;
		},
	};
}

function forget(mirror: Map<number, FoldNode>, root: FoldNode): void {
	for (const node of walk(root)) {
		if (mirror.get(node.id) === node) mirror.delete(node.id);
	}
}
