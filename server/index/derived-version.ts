// Which rows that are derived of a session are the newest: those of the later recording, by the later detectors,
// and where they are the same those that are complete. Below 2^53: a recording's version has 33 bits at most.
import { DETECTORS } from "../../signals/detect.ts";

const DETECTORS_NUMBER = Number(DETECTORS.split("@")[1]);
export const DERIVED_PER_RECORDING = 1024;

/** @param recording version of the recording @returns what `heats` is ordered by */
export function derivedVersion(recording: number, isDone: boolean): number {
	return recording * DERIVED_PER_RECORDING + DETECTORS_NUMBER * 2 + (isDone ? 1 : 0);
}
