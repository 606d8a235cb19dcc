// What the visitor looks at, when a document is too large to be told at once: it comes first, so that a
// replay begins with what was on the screen.

/** Points across the window. */
const COLUMNS = 4;
const ROWS = 6;

/** Elements at some points of the window, and all that they stand in. */
export function findSeen(): ReadonlySet<Node> {
	const seen = new Set<Node>();
	for (let index = 0; index < COLUMNS * ROWS; index++) {
		const x = (((index % COLUMNS) + 0.5) / COLUMNS) * innerWidth;
		const y = ((Math.floor(index / COLUMNS) + 0.5) / ROWS) * innerHeight;
		let node: Node | null = document.elementFromPoint(x, y);
		while (node !== null && !seen.has(node)) {
			seen.add(node);
			node = node.parentNode;
		}
	}
	return seen;
}
