// Acknowledging on the local disk in front of S3 (`SNAG_ACK=journal`): entries are appended to a pack
// that grows in a local file, each batch with one fdatasync, and the pack is put into the store every 30
// seconds or when it is full, under the key and with the bytes it had from the beginning. That is a
// fortieth of the requests and a hundredth of the wait. The price is in docs/decisions: a machine whose
// disk is lost takes at most what was not uploaded yet along.
//
// What a crash leaves are packs without a footer, readable up to the last entry that was acknowledged;
// they are uploaded at the next start. While the store is away, packs wait in the folder. Where the
// local disk is full or fails, batches go to the store directly, as without a journal.
import type { FileHandle } from "node:fs/promises";
import { mkdir, open, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { timeOfUuidV7 } from "../../protocol/ids.ts";
import { PACK_BYTES } from "../../protocol/limits.ts";
import {
	decodePack,
	type Entry,
	type EntryPlace,
	encodeEntries,
	encodeFooter,
	PACK_HEAD,
} from "../../protocol/pack.ts";
import { packKey } from "../store/layout.ts";
import type { Store } from "../store/store.ts";
import type { StoredPack, WriteEntries } from "./pack-writer.ts";

const UPLOAD_MS = 30_000;
const RETRY_MS = 5000;
/** After a fault of the local disk: to ask it with every upload would only slow them. */
const REST_MS = 30_000;
/** So that an outage of the store does not fill the disk that control data and index stand on. */
const MAX_WAITING_BYTES = 2 * 1024 ** 3;
const FILE = /^([0-9a-f-]{36})-([0-9a-z]+)\.pk$/;

export interface Journal<E extends Entry> {
	/** Durable on the local disk, or in the store where that is not possible. @throws StoreError */
	write: WriteEntries<E>;
	/** The store, which also reads what has not been uploaded yet. */
	store: Store;
	/** Uploads what an earlier process left. @throws StoreError where the store does not take it yet */
	recover(): Promise<void>;
	/** Bytes that wait for the store. */
	waitingBytes(): number;
	/** Uploads what there is; what the store does not take stays for the next start. */
	close(): Promise<void>;
}

export interface JournalOptions<E extends Entry> {
	folder: string;
	store: Store;
	/** Where the local disk cannot be written. */
	direct: WriteEntries<E>;
	node: string;
	createId: (now: number) => string;
	now: () => number;
	log: (line: string) => void;
	/** Entries are durable under this key; the pack may get more of them. */
	onAppended: (pack: StoredPack<E>) => void;
	/** A pack is in the store, whole. */
	onUploaded: (key: string, bytes: Uint8Array) => void;
	uploadMs?: number;
}

/** A pack that still grows. */
interface Segment {
	key: string;
	path: string;
	file: FileHandle;
	/** Up to where everything is durable. */
	end: number;
	places: EntryPlace[];
	timer: NodeJS.Timeout;
}

/** A pack that waits for the store. */
interface Sealed {
	key: string;
	path: string;
	/** Bytes of head and entries in the file; what follows was never acknowledged. */
	end: number;
	places: readonly EntryPlace[];
}

export function createJournal<E extends Entry>(options: JournalOptions<E>): Journal<E> {
	const { folder, store, now, log } = options;
	const sealed = new Map<string, Sealed>();
	let segment: Segment | undefined;
	let restUntil = 0;
	let uploading: Promise<void> | undefined;
	let retry: NodeJS.Timeout | undefined;
	let isClosed = false;

	const waitingBytes = (): number =>
		[...sealed.values(), ...(segment === undefined ? [] : [segment])].reduce(
			(sum, { end }) => sum + end,
			0,
		);

	const openSegment = async (): Promise<Segment> => {
		await mkdir(folder, { recursive: true });
		const at = now();
		const id = options.createId(at);
		const path = join(folder, `${id}-${options.node}.pk`);
		const file = await open(path, "wx+");
		try {
			await writeAll(file, PACK_HEAD, 0);
			await syncFolder(folder);
		} catch (error) {
			await file.close().catch(() => {});
			throw error;
		}
		const timer = setTimeout(() => void inTurn(seal), options.uploadMs ?? UPLOAD_MS);
		const key = packKey(id, options.node, timeOfUuidV7(id));
		return { key, path, file, end: PACK_HEAD.length, places: [], timer };
	};

	const append = async (entries: E[]): Promise<void> => {
		if (waitingBytes() > MAX_WAITING_BYTES) throw new Error("too much waits for the store");
		const weight = entries.reduce((sum, { chunk }) => sum + chunk.length, 0);
		if (segment !== undefined && segment.places.length > 0 && segment.end + weight > PACK_BYTES) {
			await seal();
		}
		segment ??= await openSegment();
		const grown = segment;
		const { bytes, places } = encodeEntries(entries, grown.end, crc32);
		await writeAll(grown.file, bytes, grown.end);
		await grown.file.datasync();
		grown.end += bytes.length;
		grown.places.push(...places);
		options.onAppended({ key: grown.key, bytes: grown.end, entries, places });
	};

	/** No more is appended; what is there goes to the store. */
	const seal = async (): Promise<void> => {
		const full = segment;
		if (full === undefined) return;
		segment = undefined;
		clearTimeout(full.timer);
		await full.file.close().catch(() => {});
		if (full.places.length === 0) await rm(full.path, { force: true }).catch(() => {});
		else sealed.set(full.key, full);
		uploadSoon();
	};

	const uploadSoon = (): void => {
		uploading ??= uploadAll()
			.catch((error: unknown) => {
				log(`${sealed.size} packs of the journal wait for the store: ${describe(error)}`);
				if (!isClosed) retry ??= setTimeout(tryAgain, RETRY_MS);
			})
			.finally(() => {
				uploading = undefined;
				if (sealed.size > 0 && retry === undefined && !isClosed) uploadSoon();
			});
	};
	const tryAgain = (): void => {
		retry = undefined;
		uploadSoon();
	};

	const uploadAll = async (): Promise<void> => {
		for (const pack of sealed.values()) {
			const bytes = await readSealed(pack);
			await store.put(pack.key, bytes);
			options.onUploaded(pack.key, bytes);
			sealed.delete(pack.key);
			await rm(pack.path, { force: true }).catch(() => {});
		}
	};

	// One batch after another: what is appended has its place by what was appended before.
	let last: Promise<void> = Promise.resolve();
	const inTurn = (work: () => Promise<void>): Promise<void> => {
		const turn = last.then(work);
		last = turn.catch(() => {});
		return turn;
	};

	return {
		waitingBytes,
		write: (entries, signal) =>
			inTurn(async () => {
				if (isClosed || now() < restUntil) return options.direct(entries, signal);
				try {
					await append(entries);
				} catch (error) {
					log(
						`the journal cannot be written (${describe(error)}); uploads go to the store directly`,
					);
					restUntil = now() + REST_MS;
					// Behind what is good in it there may be half an entry.
					await seal();
					await options.direct(entries, signal);
				}
			}),
		store: {
			...store,
			get: async (key) => {
				const pack = sealed.get(key) ?? (segment?.key === key ? segment : undefined);
				return pack === undefined ? store.get(key) : readSealed(pack);
			},
			getRange: async (key, offset, length) => {
				const pack = sealed.get(key) ?? (segment?.key === key ? segment : undefined);
				if (pack === undefined) return store.getRange(key, offset, length);
				return (await readSealed(pack)).subarray(offset, offset + length);
			},
		},
		async recover() {
			for (const pack of await listLeft(folder, log)) sealed.set(pack.key, pack);
			if (sealed.size > 0) log(`${sealed.size} packs of the journal are uploaded first`);
			await uploadAll().catch((error: unknown) => {
				uploadSoon();
				throw error;
			});
		},
		async close() {
			await inTurn(seal);
			isClosed = true;
			clearTimeout(retry);
			await uploading;
		},
	};
}

/** The pack as the store gets it. */
async function readSealed({ path, end, places }: Omit<Sealed, "key">): Promise<Uint8Array> {
	const entries = (await readFile(path)).subarray(0, end);
	return Buffer.concat([entries, encodeFooter(places)]);
}

async function listLeft(folder: string, log: (line: string) => void): Promise<Sealed[]> {
	const names = await readdir(folder).catch(() => []);
	const left: Sealed[] = [];
	for (const name of names.sort()) {
		const [, id, node] = FILE.exec(name) ?? [];
		if (id === undefined || node === undefined) continue;
		const path = join(folder, name);
		try {
			const places = decodePack(await readFile(path)).entries.map(({ offset, length }) => ({
				offset,
				length,
			}));
			const newest = places.at(-1);
			// Nothing of a file without entries was acknowledged.
			if (newest === undefined) await rm(path, { force: true });
			else {
				const key = packKey(id, node, timeOfUuidV7(id));
				left.push({ key, path, places, end: newest.offset + newest.length });
			}
		} catch (error) {
			log(`${path} cannot be read (${describe(error)}): what it holds is not uploaded`);
		}
	}
	return left;
}

async function writeAll(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
	for (let done = 0; done < bytes.length; ) {
		const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
		done += bytesWritten;
	}
}

async function syncFolder(path: string): Promise<void> {
	const handle = await open(path, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function describe(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
