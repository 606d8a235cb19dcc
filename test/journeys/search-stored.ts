// Looks for a text in everything that a server keeps: inflated chunks, index rows, control data, logs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import { decodePack } from "../../protocol/pack.ts";
import { createIndex } from "../../server/index/client.ts";
import { createSupervisor } from "../../server/index/supervisor.ts";
import type { Store } from "../../server/store/store.ts";

export interface StoredText {
	where: string;
	text: string;
}

/** Every chunk of a store, each section inflated. */
export async function readChunkTexts(store: Store): Promise<StoredText[]> {
	const texts: StoredText[] = [];
	for await (const { key } of store.list("")) {
		const { entries } = decodePack(await store.get(key));
		for (const { head, chunk } of entries) {
			const { envelope, facts, events } = decodeChunk(chunk);
			const inflated =
				envelope.events.encoding === "gzip" ? gunzipSync(events) : Buffer.from(events);
			texts.push(
				{ where: `${key} head`, text: JSON.stringify(head) },
				{ where: `${key} envelope`, text: JSON.stringify(envelope) },
				{ where: `${key} facts`, text: gunzipSync(facts).toString() },
				{ where: `${key} events`, text: inflated.toString() },
			);
		}
	}
	return texts;
}

/** Every row of every table of an index whose server has ended. */
export async function readIndexTexts(dataFolder: string): Promise<StoredText[]> {
	const supervisor = createSupervisor({
		childPath: "dist/index-child.js",
		folder: join(dataFolder, "index"),
		log: () => {},
	});
	supervisor.start();
	await supervisor.firstReady;
	const index = createIndex({ url: "http://localhost", agent: supervisor.agent, log: () => {} });
	const tables = await index.query<{ name: string }>("SHOW TABLES");
	const texts: StoredText[] = [];
	for (const { name } of tables) {
		const rows = await index.query(`SELECT * FROM ${name}`);
		texts.push({ where: `table ${name}`, text: JSON.stringify(rows) });
	}
	await index.close();
	await supervisor.stop();
	return texts;
}

export async function readControlTexts(dataFolder: string): Promise<StoredText[]> {
	const files = ["control.db", "control.db-wal"];
	return Promise.all(
		files.map(async (name) => ({
			where: name,
			text: await readFile(join(dataFolder, name), "latin1").catch(() => ""),
		})),
	);
}

/** Where a text occurs, in its own form or as a URL or JSON would write it. */
export function findText(texts: readonly StoredText[], wanted: string): string[] {
	const forms = [wanted, encodeURIComponent(wanted), JSON.stringify(wanted).slice(1, -1)];
	return texts
		.filter(({ text }) => forms.some((form) => text.includes(form)))
		.map(({ where }) => where);
}
