// gzip by the browser's own compressor, off the main thread where the browser does so. No library: it
// would weigh more than the rest of the transport.
import type { Bytes } from "./sender.ts";

/** @returns undefined where the browser cannot */
export async function gzip(bytes: Bytes): Promise<Bytes | undefined> {
	try {
		// Not from a blob: its stream would come in pieces from another process, each a task of the page.
		const { readable, writable } = new CompressionStream("gzip");
		const writer = writable.getWriter();
		const written = Promise.all([writer.write(bytes), writer.close()]);
		const [packed] = await Promise.all([new Response(readable).arrayBuffer(), written]);
		return new Uint8Array(packed);
	} catch {
		return undefined;
	}
}
