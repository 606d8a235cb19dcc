// Whether somebody is on the site at this moment, as far as one can tell.
import type { Session } from "../../protocol/api.ts";

/** Recorders send every 5 s while something happens; a minute without anything is somebody who left. */
const SILENT_MS = 60_000;

/** `live` only says that more may come: a visit stays open for half an hour after its last sign. */
export function isGoingOn({ live, endedAt }: Session, now: number): boolean {
	return live && now - endedAt < SILENT_MS;
}
