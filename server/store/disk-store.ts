// Objects as files. A put is durable when it returns: temporary file, fdatasync, rename, fsync of the
// folder (and of the folders made for it), so that a crash leaves the whole object or none.
//
// A disk that is unmounted leaves an empty folder under its name, which would take objects that nobody
// finds again, and in which nothing is there any more: packs would be missing and the erased be gone. So
// the first probe of a process leaves a mark, and a folder without it is a store that does not answer.
// Knowing the folder by its inode was rejected: every process that reads would have to be told of it.
import { randomUUID } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import {
	access,
	type FileHandle,
	mkdir,
	open,
	readdir,
	readFile,
	rename,
	rm,
	rmdir,
	stat,
	writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartError, StoreError } from "../errors.ts";
import { isKey } from "./layout.ts";
import type { Store, StoredObject } from "./store.ts";

const TEMPORARY = ".tmp";
const MARK = ".snag";
const MARK_TEXT =
	"Snag keeps its objects here. Without this file it takes the folder for a disk that is not mounted.\n";
const EMPTY_MS = 60 * 60 * 1000;
const COPY_BYTES = 1024 * 1024;

export function createDiskStore(folder: string): Store {
	const made = new Set<string>();
	let isPrepared = false;

	/** @throws StoreError unavailable */
	const checkRoot = async (): Promise<void> => {
		try {
			await access(join(folder, MARK));
		} catch (cause) {
			const words = `${MARK} is not in it (${codeOf(cause)}), as if its disk were not mounted`;
			throw new StoreError("unavailable", `${folder}: ${words}`, cause);
		}
	};

	/** What a crash left half written was never acknowledged. */
	const prepare = async (): Promise<void> => {
		await mkdir(folder, { recursive: true });
		await rm(join(folder, TEMPORARY), { recursive: true, force: true });
		await writeFile(join(folder, MARK), MARK_TEXT);
		await syncFolder(folder);
		// Its own name must last too; a parent that may not be read is not ours.
		await syncFolder(dirname(folder)).catch(() => {});
	};

	/** Nothing is missing, nor deleted, while the disk itself is away. */
	const orUnavailable = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
		try {
			return await work();
		} catch (cause) {
			await checkRoot();
			throw toStoreError(key, cause);
		}
	};

	const pathOf = (key: string): string => {
		if (!isKey(key)) throw new StoreError("missing", `${key} is no object key`);
		return join(folder, key);
	};

	const makeFolder = async (path: string): Promise<void> => {
		if (path === folder || made.has(path)) return;
		const parent = dirname(path);
		await makeFolder(parent);
		await mkdir(path).catch(passExisting);
		await syncFolder(parent);
		// Hours come and go; the set only spares the busy ones a system call.
		if (made.size > 1000) made.clear();
		made.add(path);
	};

	/** Those for an object; none in a mount point whose disk is away, where opening the object fails. */
	const makeFolders = async (path: string): Promise<void> => {
		const needed = [join(folder, TEMPORARY), dirname(path)];
		if (needed.every((one) => made.has(one))) return;
		await checkRoot();
		for (const one of needed) await makeFolder(one);
	};

	const putBy = async (key: string, write: (file: FileHandle) => Promise<void>): Promise<void> => {
		const path = pathOf(key);
		const temporary = join(folder, TEMPORARY, randomUUID());
		try {
			await makeFolders(path);
			const file = await open(temporary, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY);
			try {
				await write(file);
				await file.datasync();
			} finally {
				await file.close();
			}
			await rename(temporary, path).catch(async (cause: unknown) => {
				if (codeOf(cause) !== "ENOENT") throw cause;
				// The folder was empty and has just been tidied away.
				made.clear();
				await makeFolder(dirname(path));
				await rename(temporary, path);
			});
			await syncFolder(dirname(path));
			await checkRoot();
		} catch (cause) {
			made.clear();
			await rm(temporary, { force: true }).catch(() => {});
			if (cause instanceof StoreError) throw cause;
			// Nothing can be missing for what is only written.
			throw new StoreError("unavailable", `${key}: ${codeOf(cause)}`, cause);
		}
	};
	const put = (key: string, bytes: Uint8Array) => putBy(key, (file) => file.writeFile(bytes));

	const read = async (key: string, offset: number, length: number): Promise<Uint8Array> => {
		const file = await open(pathOf(key), "r");
		try {
			const bytes = new Uint8Array(length);
			let read = 0;
			while (read < length) {
				const { bytesRead } = await file.read(bytes, read, length - read, offset + read);
				if (bytesRead === 0) break;
				read += bytesRead;
			}
			return bytes.subarray(0, read);
		} finally {
			await file.close();
		}
	};

	return {
		name: folder,
		put,
		putFile: (key, path, bytes) => putBy(key, (file) => copyFile(path, bytes, file)),
		getRange: (key, offset, length) => orUnavailable(key, () => read(key, offset, length)),
		get: (key) => orUnavailable(key, async () => readFile(pathOf(key))),
		async *list(prefix) {
			await checkRoot();
			yield* listFolder(folder, "", prefix);
			await checkRoot();
		},
		async delete(key) {
			await checkRoot();
			await orUnavailable(key, async () => rm(pathOf(key), { force: true }));
			await checkRoot();
		},
		async tidy() {
			for (const entry of await readdir(folder, { withFileTypes: true })) {
				if (entry.isDirectory() && entry.name !== TEMPORARY) {
					await removeEmptyFolders(join(folder, entry.name));
				}
			}
			made.clear();
		},
		keepsDeleted: async () => false,
		async probe() {
			try {
				if (!isPrepared) await prepare();
				isPrepared = true;
				await put("probe", new Uint8Array([1]));
				// Another probe at the same moment may have taken it away.
				await rm(pathOf("probe"), { force: true });
			} catch (cause) {
				const reason = cause instanceof Error ? (cause.cause ?? cause) : cause;
				throw new StartError(
					`Recordings cannot be written to ${folder} (${codeOf(reason)}): make the folder writable or set SNAG_DATA or SNAG_STORAGE to another one`,
				);
			}
		},
		close() {},
	};
}

/** Copied, not linked: who made the file may still hold it open, and may write to it. */
async function copyFile(path: string, bytes: number, to: FileHandle): Promise<void> {
	let copied = 0;
	for await (const piece of createReadStream(path, { highWaterMark: COPY_BYTES })) {
		await to.writeFile(piece);
		copied += piece.length;
	}
	if (copied !== bytes) throw new Error(`${copied} of ${bytes} bytes could be read`);
}

/** Folders in which nothing has changed for a while, from the leaves up. */
async function removeEmptyFolders(path: string): Promise<void> {
	const { mtimeMs } = await stat(path);
	for (const entry of await readdir(path, { withFileTypes: true })) {
		if (entry.isDirectory()) await removeEmptyFolders(join(path, entry.name));
	}
	if (Date.now() - mtimeMs < EMPTY_MS) return;
	// One that is not empty refuses, one that another process removed is gone.
	await rmdir(path).catch(() => {});
}

async function* listFolder(root: string, at: string, prefix: string): AsyncIterable<StoredObject> {
	let entries: import("node:fs").Dirent[];
	try {
		entries = await readdir(join(root, at), { withFileTypes: true });
	} catch (cause) {
		if (codeOf(cause) === "ENOENT") return;
		throw toStoreError(at, cause);
	}
	// A folder sorts as its name with the slash, so that files and folders come in key order.
	const names = entries
		.filter(({ name }) => name !== TEMPORARY && name !== MARK)
		.map((entry) => `${at}${entry.name}${entry.isDirectory() ? "/" : ""}`)
		.sort();
	for (const name of names) {
		if (name.endsWith("/")) {
			if (name.startsWith(prefix) || prefix.startsWith(name)) yield* listFolder(root, name, prefix);
		} else if (name.startsWith(prefix)) {
			const size = await sizeOf(join(root, name));
			if (size !== undefined) yield { key: name, bytes: size };
		}
	}
}

/** @returns undefined for what was deleted since its folder was read */
async function sizeOf(path: string): Promise<number | undefined> {
	try {
		return (await stat(path)).size;
	} catch (cause) {
		if (codeOf(cause) === "ENOENT") return undefined;
		throw toStoreError(path, cause);
	}
}

function passExisting(cause: unknown): void {
	if (codeOf(cause) !== "EEXIST") throw cause;
}

async function syncFolder(path: string): Promise<void> {
	const handle = await open(path, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}

function toStoreError(key: string, cause: unknown): StoreError {
	if (cause instanceof StoreError) return cause;
	const missing = ["ENOENT", "ENOTDIR", "EISDIR"].includes(codeOf(cause));
	return new StoreError(missing ? "missing" : "unavailable", `${key}: ${codeOf(cause)}`, cause);
}

function codeOf(cause: unknown): string {
	return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}
