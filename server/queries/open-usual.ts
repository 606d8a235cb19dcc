// What is usual on a site, for sessions that are not written down yet. What was found of them is provisional: while
// the store does not answer they are judged without, and not left out.
import { type Baselines, NO_BASELINES } from "../../signals/baselines.ts";
import type { BaselineShelf, JudgedSession } from "../baselines/shelf.ts";
import { StoreError } from "../errors.ts";

/** Who reads need not know what was frozen in the last minute. */
const KNOWN_MS = 60_000;

export async function openUsual(
	shelf: Pick<BaselineShelf, "open">,
	site: number,
): Promise<(session: JudgedSession) => Promise<Baselines>> {
	const baselines = await shelf.open(site, KNOWN_MS).catch(orUndefined);
	return async (session) => (await baselines?.of(session).catch(orUndefined)) ?? NO_BASELINES;
}

function orUndefined(error: unknown): undefined {
	if (!(error instanceof StoreError)) throw error;
}
