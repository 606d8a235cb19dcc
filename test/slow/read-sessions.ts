// What is stored of sessions, as their facts came: from the packs, which hold every upload that was acknowledged.
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeChunk } from "../../protocol/chunk.ts";
import type { Envelope } from "../../protocol/envelope.ts";
import type { Fact } from "../../protocol/fact.ts";
import { decodePack } from "../../protocol/pack.ts";
import { createDiskStore } from "../../server/store/disk-store.ts";
import { ALL_PACKS, isPackKey } from "../../server/store/layout.ts";

export interface StoredSession {
	envelope: Envelope;
	facts: Fact[];
}

export async function readSessions(dataFolder: string): Promise<Map<string, StoredSession>> {
	const store = createDiskStore(join(dataFolder, "objects"));
	const sessions = new Map<string, StoredSession>();
	for await (const { key } of store.list(ALL_PACKS)) {
		if (!isPackKey(key)) continue;
		for (const { chunk } of decodePack(await store.get(key)).entries) {
			const { envelope, facts } = decodeChunk(chunk);
			const known = sessions.get(envelope.session) ?? { envelope, facts: [] };
			known.facts.push(...(JSON.parse(gunzipSync(facts).toString()) as Fact[]));
			sessions.set(envelope.session, known);
		}
	}
	store.close();
	return sessions;
}
