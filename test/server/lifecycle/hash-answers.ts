// Every answer of the read API about a site as a hash by route, to be held against another time's.
import { createHash } from "node:crypto";
import { createQueue } from "../../../server/queue.ts";

/** Path → the parsed answer. @throws where it is not 2xx or 404 */
export type Ask = (path: string) => Promise<unknown>;

export interface Answers {
	/** Kind of route → SHA-256 over all of its answers. */
	hashes: Record<string, string>;
	/** Path → answer, to show what differs. */
	answers: Map<string, string>;
	sessions: string[];
}

/** Say whether a session is written down yet, which it is not right after its index was made anew. */
const SETTLED = new Set(["openExits", "provisional"]);
const AT_ONCE = 6;
const WIDTHS = [1280, 400];

export async function hashAnswers(ask: Ask, site: string): Promise<Answers> {
	const answers = new Map<string, string>();
	const kinds = new Map<string, string>();
	const read = async (kind: string, path: string): Promise<unknown> => {
		const answer = await ask(path);
		answers.set(
			path,
			JSON.stringify(answer, (name, value) => (SETTLED.has(name) ? null : value)),
		);
		kinds.set(path, kind);
		return answer;
	};
	await read("sites", "/sites");
	const sessions = await readPages(
		(cursor) => read("sessions", `/sites/${site}/sessions?limit=20&cursor=${cursor}`),
		"sessions",
	);
	const pages = await readPages(
		(cursor) => read("pages", `/sites/${site}/pages?limit=5&cursor=${cursor}`),
		"pages",
	);
	const inTurns = createQueue(AT_ONCE);
	await Promise.all(
		sessions.map(({ id }) =>
			inTurns(async () => {
				await read("manifest", `/sites/${site}/sessions/${id}`);
				await read("events", `/sites/${site}/sessions/${id}/events`);
				await read("episodes", `/sites/${site}/sessions/${id}/episodes`);
			}),
		),
	);
	// The report ends at an instant that does not move.
	const to = Math.floor(Date.now() / 3_600_000 + 2) * 3_600_000;
	for (const { page } of pages) {
		const query = `page=${encodeURIComponent(String(page))}`;
		await read("heatmap", `/sites/${site}/heatmap?${query}&from=0&to=${to}`);
		for (const width of WIDTHS) {
			await read("backdrop", `/sites/${site}/heatmap/backdrop?${query}&width=${width}`);
		}
	}
	const hashes: Record<string, string> = {};
	for (const kind of new Set(kinds.values())) {
		const hash = createHash("sha256");
		const sorted = [...answers].sort(([a], [b]) => (a < b ? -1 : 1));
		for (const [path, answer] of sorted) if (kinds.get(path) === kind) hash.update(answer);
		hashes[kind] = hash.digest("hex");
	}
	return { hashes, answers, sessions: sessions.map(({ id }) => String(id)) };
}

async function readPages(
	read: (cursor: string) => Promise<unknown>,
	name: string,
): Promise<Record<string, unknown>[]> {
	const items: Record<string, unknown>[] = [];
	let cursor = "";
	do {
		const answer = (await read(cursor)) as Record<string, unknown>;
		items.push(...(answer[name] as Record<string, unknown>[]));
		cursor = String(answer.next);
	} while (cursor !== "");
	return items;
}

/** Paths whose answers differ, with the first place where they do. */
export function findDifferences(before: Answers, after: Answers): string[] {
	const paths = new Set([...before.answers.keys(), ...after.answers.keys()]);
	return [...paths].flatMap((path) => {
		const [a = "", b = ""] = [before.answers.get(path), after.answers.get(path)];
		if (a === b) return [];
		let at = 0;
		while (a[at] === b[at]) at++;
		const piece = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
		return [`${path}: ${piece(a)} → ${piece(b)}`];
	});
}
