import type { FileHandle } from "node:fs/promises";

/** A write may take less than it was given, as on a disk that is almost full. */
export async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
	for (let done = 0; done < bytes.length; ) {
		const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done);
		done += bytesWritten;
	}
}
