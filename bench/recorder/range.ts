// What several rounds of one thing say together. A difference counts only where the ranges do not
// overlap: on a shared machine the median of a few rounds alone would name a winner by luck.
import { findMedian } from "../quantile.ts";

export interface Range {
	median: number;
	low: number;
	high: number;
}

/** @param values at least one */
export function findRange(values: readonly number[]): Range {
	return { median: findMedian(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Ranges that touch overlap. */
export function doOverlap(one: Range, other: Range): boolean {
	return one.low <= other.high && other.low <= one.high;
}

/** Below all of the others, none of which it overlaps. False where there is no other. */
export function isLowest(one: Range, others: readonly Range[]): boolean {
	return others.length > 0 && others.every((other) => one.high < other.low);
}

/** How many times the base; NaN where nothing can be said. */
export function findFactor(one: Range, base: Range): number {
	return base.median > 0 ? one.median / base.median : Number.NaN;
}

/** NaN of none. */
export function findGeometricMean(values: readonly number[]): number {
	if (values.length === 0) return Number.NaN;
	return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
