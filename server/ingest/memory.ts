// How much memory uploads hold, all together: bodies that are being received, chunks that wait, packs
// that are being written. Whoever would go over is refused, since a server that is out of memory loses
// what everybody else has sent.
import { ProtocolError } from "../../protocol/protocol-error.ts";

export interface Memory {
	/** @throws ProtocolError store_unavailable where there is no room */
	take(bytes: number): void;
	give(bytes: number): void;
	held(): number;
}

export function createMemory(maxBytes: number): Memory {
	let held = 0;
	return {
		take(bytes) {
			if (held + bytes > maxBytes) {
				throw new ProtocolError("store_unavailable", "too many uploads are in flight, keep it");
			}
			held += bytes;
		},
		give(bytes) {
			held -= bytes;
		},
		held: () => held,
	};
}
