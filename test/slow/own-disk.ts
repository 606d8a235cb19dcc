// A small disk of its own that can be full, read-only, gone, or say no at fdatasync after it took every
// write: an ext4 file system in a sparse file on a tmpfs, which runs out of memory for it. It takes the
// right to mount. Rejected: device-mapper, which has the better errors and which few kernels here have.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

const DISK_BYTES = 64 * 1024 * 1024;
/** Room beside the disk for its image to grow, and for the ballast that stops it. */
const SPARE_BYTES = 32 * 1024 * 1024;

export interface OwnDisk {
	/** Where it is mounted. */
	path: string;
	/** Each begins or ends one kind of trouble. */
	fill(): Promise<void>;
	clear(): void;
	refuseSync(): Promise<void>;
	allowSync(): void;
	makeReadOnly(): Promise<void>;
	makeWritable(): void;
	/** Another, empty folder is where the disk was. */
	cover(): void;
	uncover(): void;
	remove(): Promise<void>;
}

/** @throws where this user may not mount anything */
export async function createOwnDisk(bytes = DISK_BYTES): Promise<OwnDisk> {
	const folder = await createTempFolder("own-disk");
	const memory = join(folder.path, "memory");
	const path = join(folder.path, "disk");
	const cover = join(folder.path, "cover");
	const image = join(memory, "image");
	const ballast = { inside: join(path, "ballast"), outside: join(memory, "ballast") };
	for (const made of [memory, path, cover]) await mkdir(made);
	run("mount", "-t", "tmpfs", "-o", `size=${bytes + SPARE_BYTES}`, "tmpfs", memory);
	run("truncate", "-s", String(bytes), image);
	run("mkfs.ext4", "-q", "-O", "^has_journal", image);
	run("mount", "-o", "loop,errors=continue", image, path);
	return {
		path,
		fill: () => writeAsMuchAsFits(ballast.inside, bytes),
		clear: () => rmSync(ballast.inside),
		refuseSync: () => writeAsMuchAsFits(ballast.outside, bytes + SPARE_BYTES),
		allowSync: () => rmSync(ballast.outside),
		makeReadOnly: async () => {
			// Refused while a file is open for writing.
			const remount = () => run("mount", "-o", "remount,ro", path) === undefined;
			await waitFor(remount, { what: "a disk that nobody writes to" });
		},
		makeWritable: () => run("mount", "-o", "remount,rw", path),
		cover: () => run("mount", "--bind", cover, path),
		uncover: () => run("umount", path),
		async remove() {
			for (const mounted of [path, memory]) run("umount", "-l", mounted);
			await folder.remove();
		},
	};
}

/** @returns why not, undefined where it can */
export async function whyNoOwnDisk(): Promise<string | undefined> {
	try {
		await (await createOwnDisk()).remove();
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message.split("\n")[0] : String(error);
	}
}

function run(command: string, ...args: string[]): void {
	execFileSync(command, args, { stdio: ["ignore", "ignore", "pipe"] });
}

async function writeAsMuchAsFits(path: string, bytes: number): Promise<void> {
	await writeFile(path, Buffer.alloc(bytes)).catch(() => {});
}
