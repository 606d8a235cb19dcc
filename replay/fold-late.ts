// Adds that came before their parent or next sibling. rrweb sorts them into trees by what they say of each
// other and tries again as long as there are any, half a second at most; here it ends when a round has
// brought nothing, which is what the half second is for. How far rrweb comes in it depends on the machine,
// so adds that would keep it busy that long are not folded.
import type { Page } from "./fold-tree.ts";
import type { Fields } from "./scrub-node.ts";

/** Sorting takes the square of their number; recorders send them in an order that needs none. */
const LATE_MAX = 5_000;
/** Tries for one event: reversed siblings bring one node in each round. */
const TRIES_MAX = 50_000;

interface Branch {
	add: Fields;
	parent: Branch | undefined;
	children: Branch[];
}

type Add = (add: Fields, again: Fields[]) => void;

/** @param tryAdd adds a node, or puts it into the list of those to be tried again */
export function resolveLate(page: Page, late: Fields[], tryAdd: Add): void {
	let left = late;
	let tries = 0;
	while (left.length > 0) {
		tries += left.length;
		if (left.length > LATE_MAX || tries > TRIES_MAX) {
			page.miss("late-adds");
			return;
		}
		const again: Fields[] = [];
		for (const tree of growTrees(left)) {
			if (page.mirror.get(tree.add.parentId as number) === undefined) continue;
			for (const add of inOrder(tree)) tryAdd(add, again);
		}
		if (again.length >= left.length) return;
		left = again;
	}
}

/** rrweb's `queueToResolveTrees`. */
function growTrees(queue: Fields[]): Branch[] {
	const branches = new Map<unknown, Branch>();
	const trees: Branch[] = [];
	const grow = (add: Fields, parent: Branch | undefined): Branch => {
		const branch = { add, parent, children: [] };
		branches.set((add.node as Fields).id, branch);
		return branch;
	};
	for (const add of queue) {
		const next = add.nextId ? branches.get(add.nextId) : undefined;
		const above = branches.get(add.parentId);
		if (next !== undefined) {
			const siblings = next.parent?.children ?? trees;
			siblings.splice(siblings.indexOf(next), 0, grow(add, next.parent));
		} else if (above !== undefined) above.children.push(grow(add, above));
		else trees.push(grow(add, undefined));
	}
	return trees;
}

/** A branch, then its children from the last to the first. */
function* inOrder(tree: Branch): Generator<Fields> {
	const left = [tree];
	for (let branch = left.pop(); branch !== undefined; branch = left.pop()) {
		yield branch.add;
		left.push(...branch.children);
	}
}
