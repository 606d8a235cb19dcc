// The recorded page to draw a map on: of the instants that `backdrop-candidates.ts` lists, the first whose
// page is stored as a whole.
import type { Backdrop } from "../../protocol/api.ts";
import { inlineAssets } from "../../replay/inline-assets.ts";
import type { RawEvent } from "../../replay/scrub.ts";
import { isWholePage } from "../../replay/whole-page.ts";
import type { AssetShelf } from "../assets/asset-shelf.ts";
import type { Tombstones } from "../lifecycle/tombstones.ts";
import { openAssets } from "../recordings/open-assets.ts";
import { listStreams, type OpenSessionParts, openSession } from "../recordings/open-session.ts";
import { createReadBudget } from "../recordings/stored-json.ts";
import type { Store } from "../store/store.ts";
import { queryAssets } from "./assets.ts";
import { type Candidate, listCandidates, SETTLE_MS } from "./backdrop-candidates.ts";
import { parseGroup } from "./heatmap.ts";
import type { PageSets } from "./page-set.ts";
import { dayOf } from "./sessions.ts";
import type { ViewportGroups } from "./viewport-groups.ts";

/** Recordings that are opened until one has the page as a whole. */
const OPENED = 20;
const CHOICES = 10;
const WIDEST = 2 ** 31 - 1;
const FULL_SNAPSHOT = 2;

export interface BackdropParts extends OpenSessionParts {
	store: Store;
	shelf: AssetShelf;
	/** Of the files of a site, before their hash. */
	assetsPath: (site: number) => string;
	isErased: Tombstones["isErased"];
	pageSets: PageSets;
	viewportGroups: ViewportGroups;
}

export interface BackdropQuery {
	site: number;
	/** As it is shown. */
	page: string;
	width: number;
	/** As in `0-479` or `1440-`, "" for the one that the width is in. */
	group: string;
	state: string;
	session: string;
	before: number;
}

/** @returns undefined where no picture of this page is stored */
export async function queryBackdrop(
	parts: BackdropParts,
	query: BackdropQuery,
): Promise<Backdrop | undefined> {
	const { site, page, width } = query;
	const [pages, { ends }] = await Promise.all([
		parts.pageSets.membersOf(site, page),
		parts.viewportGroups.groupsOf(site),
	]);
	const groupOf = (of: number) => ends.filter((end) => end <= of).length;
	const [minWidth = 0, maxWidth = WIDEST] = [ends[groupOf(width) - 1], ends[groupOf(width)]];
	const range = parseGroup(query.group) ?? { minWidth, maxWidth };
	const list = async (session: string): Promise<Candidate[]> => {
		const where = { ...query, ...range, pages, session };
		const listed = await listCandidates(parts.index, where, groupOf);
		return listed.filter((one) => !parts.isErased(site, one.session));
	};
	const candidates = await list(query.session);
	let best: PageBackdrop | undefined;
	for (const candidate of candidates.slice(0, OPENED)) {
		const found = await readBackdrop(parts, site, candidate);
		if (found === undefined) continue;
		// A large document is told in parts; who leaves before the last one leaves half a picture.
		const isWhole = isWholePage(found.events);
		if (isWhole || best === undefined) best = found;
		if (isWhole) break;
	}
	if (best === undefined) return undefined;
	// Whoever has pinned one may want another.
	const all = query.session === "" ? candidates : await list("");
	const choices = listChoices(all, best);
	return { page, width, ...best, choices, events: await dress(parts, site, best) };
}

/** The best of each session, which is what pins one; what is shown is always among them. */
function listChoices(
	candidates: readonly Candidate[],
	{ session, at, score, recordedAt }: PageBackdrop,
): Backdrop["choices"] {
	const shown = { session, at, score, recordedAt, width: recordedAt.width };
	const choices = new Map<string, Backdrop["choices"][number]>();
	for (const { width, height, ...one } of candidates) {
		if (choices.has(one.session)) continue;
		const choice = { session: one.session, at: one.at, width, score: one.score };
		const isShown = one.session === session;
		choices.set(one.session, isShown ? shown : { ...choice, recordedAt: { width, height } });
	}
	const first = [...choices.values()].slice(0, CHOICES);
	return first.includes(shown) ? first : [...first.slice(0, CHOICES - 1), shown];
}

/** Its files still stand in the events by name: a candidate may not be the one that is shown. */
interface PageBackdrop extends Omit<Backdrop, "page" | "width" | "events" | "choices"> {
	events: RawEvent[];
}

async function dress(
	parts: BackdropParts,
	site: number,
	{ session, events }: PageBackdrop,
): Promise<RawEvent[]> {
	const assets = await queryAssets(parts.index, { site, session, day: dayOf(session) });
	const address = parts.assetsPath(site);
	return inlineAssets(events, await openAssets(parts.shelf, { site, assets, address }));
}

async function readBackdrop(
	parts: BackdropParts,
	site: number,
	candidate: Candidate,
): Promise<PageBackdrop | undefined> {
	const { session, width, height, score, state, until } = candidate;
	const stored = await openSession(parts, { site, session, day: dayOf(session) });
	const of = { store: parts.store, site, session, budget: createReadBudget(parts.log) };
	const stream = listStreams(of, stored).find(({ id }) => id === candidate.stream);
	if (stream === undefined || stream.first >= until) return undefined;
	const at = Math.max(candidate.at, Math.min(stream.first + SETTLE_MS, until - 1));
	const events: RawEvent[] = [];
	for await (const piece of stream.read(at, at)) {
		events.push(...piece.filter((event) => event.timestamp <= at));
	}
	if (events.every(({ type }) => type !== FULL_SNAPSHOT)) return undefined;
	return { session, recordedAt: { width, height }, at, score, state, events };
}
