// Does the index know what is stored, and is what it names there?

import type { Index } from "../index/client.ts";
import { TABLES } from "../index/schema.ts";
import { parsePackKey, parseRecordingKey } from "../store/layout.ts";
import type { DoctorParts, Finding } from "./doctor.ts";
import type { Stored } from "./examine-store.ts";

/** Rows follow their pack within seconds. */
const FRESH_MS = 60_000;
const PACK_AGE_MS = 48 * 60 * 60 * 1000;

export async function examineIndex(
	parts: DoctorParts,
	stored: Stored | undefined,
): Promise<Finding[]> {
	const { index } = parts.service;
	if (!(await index.isReady())) {
		const todo = "recording goes on; look for lines that begin with `index` in the server's log";
		return [{ check: "index", state: "problem", found: "it does not answer", todo }];
	}
	const schema = await examineSchema(index);
	if (schema.state === "problem" || stored === undefined) return [schema];
	return [
		schema,
		...(await examinePacks(parts, stored)),
		...(await examineRecordings(parts, stored)),
	];
}

async function examineSchema(index: Index): Promise<Finding> {
	const tables = (await index.query<{ name: string }>("SHOW TABLES")).map(({ name }) => name);
	const wanted = TABLES.map((sql) => /EXISTS (\w+)/.exec(sql)?.[1] ?? "");
	const missing = wanted.filter((name) => !tables.includes(name));
	const check = "index";
	if (missing.length > 0) {
		const found = `it answers, but has no ${missing.join(", ")}`;
		return { check, state: "problem", found, todo: "start the server, or run snag reindex" };
	}
	return { check, state: "ok", found: `it answers and has its ${wanted.length} tables`, todo: "" };
}

async function examinePacks({ service, now }: DoctorParts, { packs }: Stored): Promise<Finding[]> {
	const rows = await service.index.query<{ key: string }>("SELECT DISTINCT key FROM packs");
	const known = new Set(rows.map(({ key }) => key));
	const ageOf = (key: string) => now() - (parsePackKey(key)?.writtenAt ?? 0);
	const all = [...packs];
	const uncounted = all.filter(
		(key) => !known.has(key) && !service.feeder.holds(key) && ageOf(key) > FRESH_MS,
	);
	const old = all.filter((key) => ageOf(key) > PACK_AGE_MS);
	const lost = await service.index.query<{ pack: string; sessions: string }>(
		`SELECT pack, uniqExact(session) AS sessions FROM chunks FINAL
		WHERE (site, session) NOT IN (SELECT site, session FROM recordings) GROUP BY pack`,
	);
	const missing = lost.filter(({ pack }) => !packs.has(pack));
	return [
		judge("packs", uncounted, {
			good: `${all.length} are stored and counted`,
			bad: (count) => `${count} of ${all.length} are stored but not counted`,
			todo: "run snag reindex",
		}),
		judge("chunks", missing, {
			good: "every chunk that is counted is stored",
			bad: (count) => `${count} packs that hold unfinished sessions are missing`,
			todo: "restore them (p/…) from a backup; without one, snag reindex --fresh forgets them",
		}),
		judge("age of packs", old, {
			good: "none is older than 48 hours",
			bad: (count) => `${count} are older than 48 hours: their sessions were not finished`,
			todo: "look for lines about finishing in the server's log",
			state: "warning",
		}),
	];
}

async function examineRecordings(
	{ service, tombstones }: DoctorParts,
	{ recordings }: Stored,
): Promise<Finding[]> {
	const rows = await service.index.query<{ key: string }>("SELECT key FROM recordings FINAL");
	const current = new Set(rows.map(({ key }) => key));
	const sessions = new Set(rows.map(({ key }) => sessionOf(key)));
	const gone = [...current].filter((key) => !recordings.has(key));
	const isErased = (key: string) => {
		const name = parseRecordingKey(key);
		return name !== undefined && tombstones.isErased(name.site, name.session);
	};
	const unknown = [...recordings].filter((key) => !sessions.has(sessionOf(key)) && !isErased(key));
	return [
		judge("recordings", gone, {
			good: `${current.size} are counted and stored`,
			bad: (count) => `${count} are counted but not stored`,
			todo: "restore them (r/…) from a backup; without one, snag reindex --fresh forgets them",
		}),
		judge("stored recordings", unknown, {
			good: "every one is counted",
			bad: (count) => `${count} are stored but not counted`,
			todo: "run snag reindex",
		}),
	];
}

function sessionOf(key: string): string {
	return key.replace(/\.g\d+-.*$/, "");
}

interface Words {
	good: string;
	bad: (count: number) => string;
	todo: string;
	state?: "warning";
}

function judge(check: string, faults: readonly unknown[], words: Words): Finding {
	if (faults.length === 0) return { check, state: "ok", found: words.good, todo: "" };
	const state = words.state ?? "problem";
	return { check, state, found: words.bad(faults.length), todo: words.todo };
}
