// Rows as the index takes them in: JSON, a line each. They are written as text when they are made, not
// when they are sent: ten thousand rows at once would hold up every upload for a tenth of a second, and
// text that waits is far less work for the memory than objects of thirty fields.
import type { Tombstones } from "../lifecycle/tombstones.ts";
import type { PackRows } from "./rows.ts";
import { FILL_ORDER } from "./schema.ts";

export type Table = (typeof FILL_ORDER)[number];

/** Rows of one pack. */
export interface RowTexts {
	/** Table → its rows. */
	texts: Readonly<Record<Table, Buffer>>;
	/** How many there are in all tables, and of chunks. */
	rows: number;
	chunks: number;
	/** Whose they are. */
	sessions: readonly SessionName[];
}

interface SessionName {
	site: number;
	session: string;
	visitor: string;
}

/** Half a surrogate pair, as JSON writes it. What only looks like one is looked at again. */
const ESCAPED_HALF = /\\ud[89a-f]/;
const HALVES = /\p{Surrogate}/gu;

export function encodePackRows(pack: PackRows): RowTexts {
	const texts = {} as Record<Table, Buffer>;
	let rows = 0;
	for (const table of FILL_ORDER) {
		const ofTable = pack[table] ?? [];
		texts[table] = encodeRows(ofTable);
		rows += ofTable.length;
	}
	const sessions = new Map<string, SessionName>();
	for (const row of pack.chunks as SessionName[]) {
		const { site, session, visitor } = row;
		sessions.set(`${site}/${session}/${visitor}`, { site, session, visitor });
	}
	return { texts, rows, chunks: pack.chunks.length, sessions: [...sessions.values()] };
}

/**
 * Half a surrogate pair is no UTF-8: the engine would refuse the row, and its whole pack with it.
 * @returns UTF-8
 */
export function encodeRows(rows: readonly object[]): Buffer {
	let text = "";
	for (const row of rows) {
		const line = JSON.stringify(row);
		text += ESCAPED_HALF.test(line) ? JSON.stringify(row, mend) : line;
		text += "\n";
	}
	return Buffer.from(text);
}

/**
 * Between a pack and its rows there is time to be erased.
 * @returns what is sent: rows of the erased are not in it
 */
export function dropErased(
	{ texts, sessions }: RowTexts,
	isErased: Tombstones["isErased"],
): RowTexts["texts"] {
	const erased = new Set(
		sessions
			.filter(({ site, session, visitor }) => isErased(site, session, visitor))
			.map(({ session }) => session),
	);
	if (erased.size === 0) return texts;
	const isKept = (line: string) => {
		const { session } = JSON.parse(line) as { session?: string };
		return session === undefined || !erased.has(session);
	};
	const keep = (text: Buffer) => {
		const lines = text.toString().split("\n");
		const kept = lines.filter((line) => line !== "" && isKept(line));
		return Buffer.from(kept.map((line) => `${line}\n`).join(""));
	};
	return Object.fromEntries(
		Object.entries(texts).map(([table, text]) => [table, keep(text)]),
	) as RowTexts["texts"];
}

function mend(_: string, value: unknown): unknown {
	return typeof value === "string" ? value.replaceAll(HALVES, "\ufffd") : value;
}
