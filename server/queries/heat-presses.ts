// The newest presses on one element, each of another session as far as there are: where to open a replay.
import type { HeatmapPresses } from "../../protocol/api.ts";
import type { Index } from "../index/client.ts";
import { hashElement } from "../index/heat-keys.ts";
import type { HeatRows } from "../index/heat-row.ts";
import { createHeatRows } from "../index/heat-rows.ts";
import type { Pending } from "./heat-pending.ts";
import { fitsPress, type HeatWhere, heatParameters, pressConditions } from "./heat-where.ts";
import { readStarts } from "./session-starts.ts";

const ALL = ["group", "pointer", "state"] as const;

/** What stands in for a key: where it is a position, what stood there as well. */
export interface PressedElement {
	key: string;
	tag: string;
	text: string;
}

interface Press {
	session: string;
	/** Epoch ms. */
	at: number;
	tab: string;
}

/** @throws IndexUnavailable */
export async function queryPresses(
	{ index, pending }: { index: Index; pending: Pending },
	where: HeatWhere,
	of: { element: PressedElement; limit: number },
): Promise<HeatmapPresses> {
	const hashes = hashesOf(hashElement(of.element), where);
	const sessions = await pending.list(where);
	const stale = sessions.filter(({ version }) => version > 0).map(({ session }) => session);
	const presses = await readPresses(index, { ...where, stale }, { hashes, limit: of.limit });
	await pending.read(where.site, sessions, (session) => {
		presses.push(...findPresses(createHeatRows(session), where, hashes));
	});
	const spread = spreadPresses(presses, of.limit);
	return { presses: await countFromStart(index, where.site, spread) };
}

async function readPresses(
	index: Index,
	where: HeatWhere,
	{ hashes, limit }: { hashes: readonly string[]; limit: number },
): Promise<Press[]> {
	const rows = await index.query<{ id: string; ms: number; tab: string }>(
		`SELECT toString(session) AS id, toFloat64(toUnixTimestamp64Milli(at)) AS ms, tab FROM presses
		WHERE ${pressConditions(where, ALL)} AND key IN {hashes:Array(UInt64)}
		ORDER BY at DESC, session LIMIT {limit:UInt32} BY session LIMIT {most:UInt32}`,
		{ ...heatParameters(where), hashes: hashes.map(BigInt), limit, most: limit * limit },
	);
	return rows.map(({ id, ms, tab }) => ({ session: id, at: ms, tab }));
}

/** With those of the keys that it is united with. */
function hashesOf(hash: string, { united }: HeatWhere): string[] {
	const under = united.get(hash) ?? hash;
	return [under, ...[...united].flatMap(([other, to]) => (to === under ? [other] : []))];
}

function findPresses({ presses }: HeatRows, where: HeatWhere, hashes: readonly string[]): Press[] {
	return presses
		.filter((row) => hashes.includes(row.key) && fitsPress(row, where, ALL))
		.map(({ session, at, tab }) => ({ session, at, tab }));
}

/** The newest of each session, then the second ones, and so on. */
export function spreadPresses(presses: readonly Press[], limit: number): Press[] {
	const turns = new Map<string, number>();
	return presses
		.toSorted((a, b) => b.at - a.at || (a.session < b.session ? -1 : 1))
		.map((press) => {
			const turn = turns.get(press.session) ?? 0;
			turns.set(press.session, turn + 1);
			return { press, turn };
		})
		.sort((a, b) => a.turn - b.turn)
		.slice(0, limit)
		.map(({ press }) => press);
}

async function countFromStart(
	index: Index,
	site: number,
	presses: readonly Press[],
): Promise<HeatmapPresses["presses"]> {
	const sessions = [...new Set(presses.map(({ session }) => session))];
	const starts = await readStarts(index, site, sessions);
	return presses.map(({ session, at, tab }) => ({
		...{ session, tab, at: Math.max(0, at - (starts.get(session)?.startedAt ?? at)) },
	}));
}
