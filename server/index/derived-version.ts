// Which rows that are derived of a session are the newest: those of the later recording, then by the later
// detectors, then of the later make of rows, then those that were judged when something was known of the site, then
// of the later pass, and where they are the same those that are complete. Below 2^53: a recording's version has 33
// bits at most.
import { DETECTORS } from "../../signals/detect.ts";

/** Grows whenever rows get something that those of before lack, which are made again then. */
const MAKE = 3;
const MAKES = 16;
const DETECTORS_NUMBER = Number(DETECTORS.split("@")[1]);
/** How often rows that are complete can be written again without anything else being newer. */
const PASSES = 128;
const PER_STATE = 2 * PASSES;
const PER_MAKE = 2 * PER_STATE;
export const DERIVED_PER_RECORDING = 512 * PER_MAKE;

export interface DerivedState {
	/** Something was frozen of the site, to judge by. */
	isUsual: boolean;
	isDone: boolean;
}

/**
 * @param recording version of the recording
 * @param before version of the rows that are there, or `againVersion` of it; 0 for none
 * @returns what `heats` is ordered by; even while rows are being written
 */
export function derivedVersion(
	recording: number,
	{ isUsual, isDone }: DerivedState,
	before = 0,
): number {
	const make = DETECTORS_NUMBER * MAKES + MAKE;
	const known = isUsual ? PER_STATE : 0;
	const first = recording * DERIVED_PER_RECORDING + make * PER_MAKE + known;
	return Math.max(first, before - (before % 2)) + (isDone ? 1 : 0);
}

/** Of rows that are complete and are to be written again; undefined where they no longer can be. */
export function againVersion(version: number): number | undefined {
	const next = version + 1;
	return next % PER_STATE === 0 ? undefined : next;
}
