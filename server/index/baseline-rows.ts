// What one session has to say of what is usual → rows, of which what is usual is frozen (`baselines/freeze.ts`) and
// maps of hesitation are counted. Rows of a session go with it, when it is written anew or erased.
import {
	type Contribution,
	contribute,
	type ElementRow,
	type PageRow,
} from "../../signals/baseline/contribution.ts";
import type { Names } from "../../signals/baseline/names.ts";
import { normalise } from "../../signals/normalise/normalise.ts";
import { sortOut } from "../../signals/observation.ts";
import { hashElement, hashText } from "./heat-keys.ts";
import { POINTER_BITS, type PressRow, type ShownRow, type Visited } from "./heat-row.ts";
import { nameView } from "./heat-views.ts";
import type { IndexedSession } from "./indexed-session.ts";
import { restoreFacts } from "./restore-facts.ts";

type Place = Pick<PressRow, "viewport_width" | "viewport_height" | "pointer" | "state">;

/** With all that maps are filtered by. */
export interface TimeOfRow extends Omit<Visited, "view" | "view_at" | "next">, Place {
	key: string;
	measure: string;
	/** Kind of pointer, "" for fields. */
	pointed: string;
	role: string;
	/** ln ms. */
	y: number;
}

type OfSession = Pick<Visited, "site" | "page" | "draw" | "day" | "session">;

export interface BaselineRows {
	times: TimeOfRow[];
	habits: (OfSession & ElementRow)[];
	visits: (OfSession & PageRow)[];
}

/** Hashes, so that what is kept beyond a session has no words of a page. */
export const HASHED_NAMES: Names = { page: hashText, element: hashElement };

/** Of a session that is not written yet: the times of what `createBaselineRows` makes. */
export function listTimes(session: IndexedSession, shown: readonly ShownRow[]): TimeOfRow[] {
	const seen = sortOut(normalise(restoreFacts(session)));
	return createBaselineRows(contribute(session.session, seen, HASHED_NAMES), shown).times;
}

/** @param contribution by `HASHED_NAMES` @param shown page views of the session */
export function createBaselineRows(
	{ times, elements, pages }: Contribution,
	shown: readonly ShownRow[],
): BaselineRows {
	const [first] = shown;
	if (first === undefined) return { times: [], habits: [], visits: [] };
	const { site, draw, day, session } = first;
	const views = new Map(shown.map((row) => [row.view, row]));
	return {
		times: times.flatMap(({ seen, measure, device, key, role, y }) => {
			const view = views.get(nameView(seen.view.stream, seen.view.number));
			if (view === undefined) return [];
			return [
				{ ...visitedOf(view), ...placeOf(seen, view), key, measure, pointed: device, role, y },
			];
		}),
		habits: elements.map((row) => ({ site, draw, day, session, ...row })),
		visits: pages.map((row) => ({ site, draw, day, session, ...row })),
	};
}

function visitedOf(view: ShownRow): Omit<Visited, "view" | "view_at" | "next"> {
	const { site, day, session, draw, page, began, path, variants } = view;
	const { browser, os, device, language, automated } = view;
	return {
		...{ site, day, session, draw, page, began, path, variants },
		...{ browser, os, device, language, automated },
	};
}

/** Of a field it is not known what it was reached with. */
function placeOf(
	seen: Contribution["times"][number]["seen"],
	{ viewport_width, viewport_height, pointers }: ShownRow,
): Place {
	const isTouch = (pointers & POINTER_BITS.touch) !== 0;
	const ofView = isTouch ? "touch" : "mouse";
	const isPress = seen.kind === "press";
	const pressed = isPress && seen.pointer !== "pen" ? seen.pointer : "mouse";
	return {
		...{ viewport_width, viewport_height },
		pointer: isPress ? pressed : ofView,
		state: isPress ? seen.state : "",
	};
}
