// The parts of a server with their engine, and objects as other days have left them.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { crc32 } from "../../../protocol/crc32.ts";
import { createUuidV7, type SessionId } from "../../../protocol/ids.ts";
import { encodePack } from "../../../protocol/pack.ts";
import { encodeRecordingStart, type RecordingHead } from "../../../protocol/recording.ts";
import { parseConfig } from "../../../server/config.ts";
import { openParts, type Parts } from "../../../server/parts.ts";
import { packKey, recordingKey } from "../../../server/store/layout.ts";
import { RECORDING_HEAD } from "../../protocol/sample-recording.ts";
import { createTempFolder } from "../../support/temp-folder.ts";
import { createPageFact, createSampleChunk, type SampleSession } from "../sample-chunk.ts";
import { DIST } from "../start-server.ts";

export interface StoredLife {
	parts: Parts;
	site: number;
	/** Where the objects are. */
	folder: string;
	/** A pack of one chunk of a session, received and written at its start. @returns its key */
	storePack(session: SampleSession, writtenAt?: number): Promise<string>;
	/** A recording that names some chunks of one stream. @returns its key */
	storeRecording(session: SampleSession, generation: number, chunks: number): Promise<string>;
	store(key: string, bytes: Uint8Array): Promise<string>;
	/** Counts everything there is. */
	count(): Promise<void>;
	close(): Promise<void>;
}

export async function openStoredLife(env: Record<string, string> = {}): Promise<StoredLife> {
	const data = await createTempFolder("stored-life");
	const config = parseConfig({ SNAG_DATA: data.path, ...env });
	const parts = await openParts({ config, distFolder: DIST, now: Date.now, log: () => {} });
	parts.service.start();
	await parts.service.ready;
	const { id: site } = await parts.sites.create({ name: "Shop", origins: [] });
	const folder = join(data.path, "objects");
	const store = async (key: string, bytes: Uint8Array): Promise<string> => {
		await mkdir(dirname(join(folder, key)), { recursive: true });
		await writeFile(join(folder, key), bytes);
		return key;
	};
	return {
		...{ parts, site, folder, store },
		storePack(session, writtenAt = session.startedAt) {
			const chunk = createSampleChunk(session, { facts: [createPageFact(session)] });
			const times = { receivedAt: writtenAt, sentAt: writtenAt };
			const head = { site, ...times, attempt: 0, userAgent: "", crc: crc32(chunk) };
			const random = createHash("sha256").update(session.session).digest();
			const key = packKey(createUuidV7(writtenAt, random), "test", writtenAt);
			return store(key, encodePack([{ head, chunk }]).bytes);
		},
		storeRecording(session, generation, chunks) {
			const id = session.session as SessionId;
			const names = Array.from({ length: chunks }, (_, at): [number, number, number] => [
				at,
				0,
				at,
			]);
			const head: RecordingHead = {
				...RECORDING_HEAD,
				...{ site, session: id, visitor: session.visitor, generation },
				...{ chunks: { [session.stream]: names }, refused: {} },
			};
			const hash = String(chunks).padStart(16, "0");
			const name = { site, session: id, generation, hash };
			return store(recordingKey(name), encodeRecordingStart(gzipSync(JSON.stringify(head))));
		},
		count: async () => {
			await parts.lifecycle.reindex({ isFresh: false });
		},
		async close() {
			await parts.close();
			await data.remove();
		},
	};
}
