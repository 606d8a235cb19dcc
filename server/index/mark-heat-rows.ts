// Marks on heat rows: which is the first of its session on its element, and which differ from the others of
// their session in what a map may be asked for. Sums of marks stand for distinct counts.
import { groupBy } from "./group-by.ts";
import { HEAT_FLAGS, orientationOf, type PressRow, type ShownRow } from "./heat-row.ts";

/** @param presses in order */
export function markPresses(presses: PressRow[]): void {
	const { newInView, firstNew, first, mixedPage } = HEAT_FLAGS;
	for (const some of groupBy(presses, ({ page, key }) => `${key} ${page}`).values()) {
		markFirst(some, HEAT_FLAGS.new);
		markFirst(
			some.filter(({ flags }) => flags & first),
			firstNew,
		);
		markMixed(some, HEAT_FLAGS.mixedWidth, (row) => `${row.viewport_width} ${orientationOf(row)}`);
		markMixed(some, HEAT_FLAGS.mixedPointer, ({ pointer }) => pointer);
		markMixed(some, HEAT_FLAGS.mixedState, ({ state }) => state);
		markMixed(some, HEAT_FLAGS.mixedPath, ({ path }) => path);
	}
	for (const some of groupBy(presses, ({ view, key }) => `${key} ${view}`).values()) {
		markFirst(some, newInView);
	}
	for (const some of groupBy(presses, ({ key }) => key).values()) {
		markMixed(some, mixedPage, ({ page }) => page);
	}
}

/** @param shown in order; `exit` is the page view that was the last */
export function markShown(shown: ShownRow[], exit: string | undefined): void {
	for (const row of shown) if (row.view === exit) row.flags |= HEAT_FLAGS.exit;
	for (const some of groupBy(shown, ({ page }) => page).values()) {
		markFirst(some, HEAT_FLAGS.new);
		markMixed(some, HEAT_FLAGS.mixedWidth, (row) =>
			[orientationOf(row), row.viewport_width, ...row.other_widths].join(),
		);
		markMixed(some, HEAT_FLAGS.mixedPointer, ({ pointers }) => pointers);
		markMixed(some, HEAT_FLAGS.mixedPath, ({ path }) => path);
		const known = new Set<string>();
		for (const row of some) {
			row.new_exposed = row.exposed.filter((key) => !known.has(key));
			for (const key of row.exposed) known.add(key);
		}
	}
	markMixed(shown, HEAT_FLAGS.mixedPage, ({ page }) => page);
}

function markFirst(rows: readonly { flags: number }[], flag: number): void {
	if (rows[0] !== undefined) rows[0].flags |= flag;
}

function markMixed<Row extends { flags: number }>(
	rows: readonly Row[],
	flag: number,
	of: (row: Row) => string | number,
): void {
	if (new Set(rows.map(of)).size > 1) for (const row of rows) row.flags |= flag;
}
