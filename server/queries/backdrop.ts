// The recorded page to draw a map on: of the page views of a page, those that a document was loaded for
// before those that a script switched to, since an address can change for what is only laid over
// another page (a quick look in a list); of these the one recorded nearest to the width asked for, the
// newest among equals, at an instant when it had settled.
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
import { dayOf } from "./sessions.ts";

const SETTLE_MS = 2000;
const CANDIDATES = 20;
const FULL_SNAPSHOT = 2;

/** The latest page views of a page whose streams have a snapshot, the best to draw on first. */
const VIEWS = `
	SELECT toString(v.session) AS session, v.stream AS stream, v.tab AS tab,
		v.viewport_width AS width, v.viewport_height AS height,
		toFloat64(toUnixTimestamp64Milli(v.at)) AS at,
		toFloat64(toUnixTimestamp64Milli(v.until)) AS until
	FROM (
		SELECT *, leadInFrame(at, 1, at + INTERVAL 1 DAY) OVER (
			PARTITION BY stream ORDER BY view ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
		) AS until
		FROM (
			SELECT * FROM facts FINAL
			WHERE site = {site:UInt32} AND kind = 1 AND session IN (
				SELECT session FROM facts FINAL
				WHERE site = {site:UInt32} AND kind = 1 AND page = {page:String}
				ORDER BY at DESC LIMIT 2000
			)
		)
	) AS v
	WHERE v.page = {page:String} AND v.viewport_width > 0 AND v.stream IN (
		SELECT stream FROM chunks WHERE site = {site:UInt32} AND notEmpty(snapshots)
	)
	ORDER BY v.view > 0, abs(toInt32(v.viewport_width) - {width:Int32}), v.at DESC, v.session, v.stream
	LIMIT {limit:UInt32}`;

export interface BackdropParts extends OpenSessionParts {
	store: Store;
	shelf: AssetShelf;
	/** Of the files of a site, before their hash. */
	assetsPath: (site: number) => string;
	isErased: Tombstones["isErased"];
}

interface ViewRow {
	session: string;
	stream: string;
	tab: string;
	width: number;
	height: number;
	at: number;
	until: number;
}

/** @returns undefined where no picture of this page is stored */
export async function queryBackdrop(
	parts: BackdropParts,
	{ site, page, width }: { site: number; page: string; width: number },
): Promise<Backdrop | undefined> {
	const where = { site, page, width, limit: CANDIDATES };
	let best: PageBackdrop | undefined;
	for (const view of await parts.index.query<ViewRow>(VIEWS, where)) {
		if (parts.isErased(site, view.session)) continue;
		const found = await readBackdrop(parts, site, view);
		if (found === undefined) continue;
		// A large document is told in parts; who leaves before the last one leaves half a picture.
		const isWhole = isWholePage(found.events);
		if (isWhole || best === undefined) best = found;
		if (isWhole) break;
	}
	return best && { page, width, ...best, events: await dress(parts, site, best) };
}

/** Its files still stand in the events by name: a candidate may not be the one that is shown. */
interface PageBackdrop extends Omit<Backdrop, "page" | "width" | "events"> {
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
	view: ViewRow,
): Promise<PageBackdrop | undefined> {
	const { session } = view;
	const stored = await openSession(parts, { site, session, day: dayOf(session) });
	const of = { store: parts.store, site, session, budget: createReadBudget(parts.log) };
	const stream = listStreams(of, stored).find(({ id }) => id === view.stream);
	if (stream === undefined || stream.first >= view.until) return undefined;
	const settled = Math.min(Math.max(view.at, stream.first) + SETTLE_MS, view.until - 1);
	const events: RawEvent[] = [];
	for await (const piece of stream.read(settled, settled)) {
		events.push(...piece.filter((event) => event.timestamp <= settled));
	}
	if (events.every(({ type }) => type !== FULL_SNAPSHOT)) return undefined;
	const recordedAt = { width: view.width, height: view.height };
	return { session, recordedAt, at: settled, events };
}
