// Points → density. Each point becomes a bell (σ 14 CSS pixels, about a fingertip) whose top is its weight, and
// bells add up, so that a value means the same on every map: the share of those who could press that did
// press about here. Bells are made of five box blurs (three would leave corners that the scale makes visible) over the whole grid, whose time depends on the grid and
// not on the points; the sum differs from exact Gaussians by less than a tenth of the top.
//
// Rejected: heatmap.js and simpleheat add opacities in eight bits, which saturate and have no step left
// below 0.4 %, where most of a page is (bench/heatmap-draw.ts times both).

const BOXES = 5;

/** `x`, `y` in pixels of the grid. */
export interface WeightedPoint {
	x: number;
	y: number;
	weight: number;
}

/** How far a bell reaches, in pixels: nearer to the grid's edge it loses some of what is in the grid. */
export function reachOf(sigma: number): number {
	return reachesOf(sigma).reduce((sum, reach) => sum + reach, 0);
}

/** Row by row. */
export interface Grid {
	width: number;
	height: number;
	values: Float32Array;
	/** Of the same size, for the blur. */
	spare: Float32Array;
}

export function createGrid(width: number, height: number): Grid {
	const [values, spare] = [new Float32Array(width * height), new Float32Array(width * height)];
	return { width, height, values, spare };
}

/**
 * @param grid is overwritten
 * @param sigma of the bells, in pixels of the grid
 */
export function spread(grid: Grid, points: readonly WeightedPoint[], sigma: number): Grid {
	const { width, height, values } = grid;
	values.fill(0);
	let [first, last] = [height, -1];
	const reaches = reachesOf(sigma);
	// The blur keeps sums: the top of a bell of weight 1 is brought to 1 before it.
	const top = topOf(reaches) ** 2;
	for (const { x, y, weight } of points) {
		const [column, row] = [Math.floor(x), Math.floor(y)];
		if (column < 0 || row < 0 || column >= width || row >= height) continue;
		values[row * width + column] = (values[row * width + column] ?? 0) + weight / top;
		[first, last] = [Math.min(first, row), Math.max(last, row)];
	}
	const line = createLine(width, reaches);
	for (let row = first; row <= last; row++) {
		if (!isEmpty(values, row * width, width)) {
			for (const reach of reaches)
				blurRow(values, { from: row * width, length: width, reach, line });
		}
	}
	for (const reach of reaches) {
		[first, last] = [Math.max(0, first - reach), Math.min(height - 1, last + reach)];
		blurColumns(grid, { first, last, reach });
	}
	return grid;
}

function isEmpty(values: Float32Array, from: number, length: number): boolean {
	for (let at = from; at < from + length; at++) if (values[at] !== 0) return false;
	return true;
}

/** Boxes that together have the variance of the bell: a box of 2r + 1 has ((2r + 1)² − 1) / 12. */
function reachesOf(sigma: number): number[] {
	const ideal = (Math.sqrt((12 * sigma ** 2) / BOXES + 1) - 1) / 2;
	const small = Math.floor(ideal);
	const variance = (reach: number) => ((2 * reach + 1) ** 2 - 1) / 12;
	const wide = Math.round(
		(sigma ** 2 - BOXES * variance(small)) / (variance(small + 1) - variance(small)),
	);
	return Array.from({ length: BOXES }, (_, index) => (index < wide ? small + 1 : small));
}

/** What is left of a single 1 in its own place, in one dimension. */
function topOf(reaches: readonly number[]): number {
	const length = 2 * reaches.reduce((sum, reach) => sum + reach, 0) + 1;
	const [values, line] = [new Float32Array(length), createLine(length, reaches)];
	const middle = (length - 1) / 2;
	values[middle] = 1;
	for (const reach of reaches) blurRow(values, { from: 0, length, reach, line });
	return values[middle] ?? 1;
}

interface Row {
	from: number;
	length: number;
	reach: number;
	/** For what was there before, with room for zeros at both ends. */
	line: Float32Array;
}

function createLine(length: number, reaches: readonly number[]): Float32Array {
	return new Float32Array(length + 2 * (Math.max(...reaches) + 1));
}

/** Mean over 2 × reach + 1 values in place; beyond the ends there is nothing. */
function blurRow(values: Float32Array, { from, length, reach, line }: Row): void {
	const room = (line.length - length) / 2;
	line.set(values.subarray(from, from + length), room);
	const share = 1 / (2 * reach + 1);
	let sum = 0;
	for (let at = room; at < room + reach; at++) sum += line[at] as number;
	for (let at = 0; at < length; at++) {
		sum += (line[room + at + reach] as number) - (line[room + at - reach - 1] as number);
		values[from + at] = sum * share;
	}
}

interface Band {
	/** Rows that are not empty afterwards. */
	first: number;
	last: number;
	reach: number;
}

/** The same down all columns at once, a row at a time, as they lie in memory. */
function blurColumns(grid: Grid, { first, last, reach }: Band): void {
	const { width, height, values: before, spare: after } = grid;
	const sums = new Float32Array(width);
	const share = 1 / (2 * reach + 1);
	const nothing = new Float32Array(width);
	const rowAt = (row: number) =>
		row < 0 || row >= height ? nothing : before.subarray(row * width, (row + 1) * width);
	after.fill(0);
	for (let row = first; row < first + reach; row++) addRow(sums, rowAt(row), nothing);
	for (let row = first; row <= last; row++) {
		addRow(sums, rowAt(row + reach), rowAt(row - reach - 1));
		const to = row * width;
		for (let at = 0; at < width; at++) after[to + at] = (sums[at] as number) * share;
	}
	[grid.values, grid.spare] = [after, before];
}

function addRow(sums: Float32Array, plus: Float32Array, minus: Float32Array): void {
	for (let at = 0; at < sums.length; at++) {
		sums[at] = (sums[at] as number) + (plus[at] as number) - (minus[at] as number);
	}
}
