// When what is usual on a site is frozen: for the first time once there are enough sessions to say anything, then once
// a day, and while a site is young whenever its sessions have doubled. Nobody needs it where no session came
// since, so that it is looked into after rows of a site were written, and by no clock of its own.
import type { Frozen } from "../../signals/baseline/freeze.ts";
import type { Index } from "../index/client.ts";
import { freezeSite, sinceOf } from "./freeze.ts";
import { type BaselineShelf, type FrozenSite, PARTS } from "./shelf.ts";

/** Sessions with times of one kind, of which four fifths have to be enough (`LEAST_SESSIONS`). */
const FIRST_TIMED = 30;
/** Sessions of a site whose visitors have no times: what is pressed and where they go says something, too. */
const FIRST_SESSIONS = 100;
/** A site is young below this many sessions. */
const YOUNG_SESSIONS = 2000;

const COUNTS = `
	SELECT (SELECT toUInt32(uniqExact(session)) FROM visits WHERE site = {site:UInt32} AND day >= {since:Date}) AS sessions,
		(SELECT toUInt32(max(n)) FROM (
			SELECT uniqExact(session) AS n FROM times
			WHERE site = {site:UInt32} AND day >= {since:Date} GROUP BY measure, pointed
		)) AS timed`;

interface Counts {
	sessions: number;
	timed: number;
}

export interface FreezerParts {
	index: Index;
	baselineShelf: BaselineShelf;
	now: () => number;
	log: (line: string) => void;
}

/** By one server at a time. @returns whether it is the site's first @throws StoreError, IndexUnavailable */
export async function freezeIfDue(parts: FreezerParts, site: number): Promise<boolean> {
	const { index, baselineShelf, log } = parts;
	const at = parts.now();
	const newest = await (await baselineShelf.open(site)).newest();
	if (newest !== undefined && !mayBeDue(newest, at)) return false;
	const [counts] = await index.query<Counts>(COUNTS, { site, since: sinceOf(at) });
	if (counts === undefined || !isDue(newest, counts, at)) return false;
	const { sessions } = counts;
	const freeze = async (name: string, without?: { part: number; parts: number }) => ({
		name,
		...(await freezeSite(index, { site, at, sessions, ...(without && { without }) })),
	});
	const name = new Date(at).toISOString();
	const isFirst = newest === undefined;
	const folds: Frozen[] = [];
	for (let part = 0; isFirst && part < PARTS; part++) {
		folds.push(await freeze(`${name}/${part}`, { part, parts: PARTS }));
	}
	const all = await freeze(name);
	await baselineShelf.put({
		version: 1,
		site,
		at,
		sessions,
		all,
		...(isFirst && { parts: folds }),
	});
	log(`what is usual on site ${site} is frozen, of ${sessions} sessions`);
	return isFirst;
}

/** Without a look at the index. */
function mayBeDue({ at, sessions }: FrozenSite, now: number): boolean {
	return now > at && (dayOf(at) !== dayOf(now) || sessions < YOUNG_SESSIONS);
}

function isDue(newest: FrozenSite | undefined, { sessions, timed }: Counts, now: number): boolean {
	if (newest === undefined) return timed >= FIRST_TIMED || sessions >= FIRST_SESSIONS;
	return dayOf(newest.at) !== dayOf(now) || sessions >= 2 * newest.sessions;
}

function dayOf(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}
