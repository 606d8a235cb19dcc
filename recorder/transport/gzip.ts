// gzip by the browser's own compressor, off the main thread where the browser does so. No library: it
// would weigh more than the rest of the transport.
import type { Bytes } from "./sender.ts";

/** @returns undefined where the browser cannot */
export async function gzip(bytes: Bytes): Promise<Bytes | undefined> {
	try {
		const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
		return new Uint8Array(await new Response(stream).arrayBuffer());
	} catch {
		return undefined;
	}
}
