// Which rows that are derived of a session are the newest: those of the later recording, then by the later
// detectors, then of the later make of rows, and where they are the same those that are complete. Below 2^53: a
// recording's version has 33 bits at most.
import { DETECTORS } from "../../signals/detect.ts";

/** Grows whenever rows get something that those of before lack, which are made again then. */
const MAKE = 2;
const MAKES = 16;
const DETECTORS_NUMBER = Number(DETECTORS.split("@")[1]);
export const DERIVED_PER_RECORDING = 1024;

/** @param recording version of the recording @returns what `heats` is ordered by */
export function derivedVersion(recording: number, isDone: boolean): number {
	const make = DETECTORS_NUMBER * MAKES + MAKE;
	return recording * DERIVED_PER_RECORDING + make * 2 + (isDone ? 1 : 0);
}
