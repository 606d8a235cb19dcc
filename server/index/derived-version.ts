// Which rows that are derived of a session are the newest: those of the later recording, then by the later
// detectors, then of the later make of rows, then of the later pass, and where they are the same those that
// are complete. Below 2^53: a recording's version has 33 bits at most.
import { DETECTORS } from "../../signals/detect.ts";

/** Grows whenever rows get something that those of before lack, which are made again then. */
const MAKE = 2;
const MAKES = 16;
const DETECTORS_NUMBER = Number(DETECTORS.split("@")[1]);
/** How often rows that are complete can be written again without anything else being newer. */
const PASSES = 256;
const PER_MAKE = 2 * PASSES;
export const DERIVED_PER_RECORDING = 512 * PER_MAKE;

/**
 * @param recording version of the recording
 * @param before version of the rows that are there, or `againVersion` of it; 0 for none
 * @returns what `heats` is ordered by; even while rows are being written
 */
export function derivedVersion(recording: number, isDone: boolean, before = 0): number {
	const make = DETECTORS_NUMBER * MAKES + MAKE;
	const first = recording * DERIVED_PER_RECORDING + make * PER_MAKE;
	return Math.max(first, before - (before % 2)) + (isDone ? 1 : 0);
}

/** Of rows that are complete and are to be written again; undefined where they no longer can be. */
export function againVersion(version: number): number | undefined {
	const next = version + 1;
	return next % PER_MAKE === 0 ? undefined : next;
}
