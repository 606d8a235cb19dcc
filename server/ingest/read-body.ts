// The body of an upload, read with its bytes counted as they come: what many slow senders have sent so
// far is memory too, and a length that a sender only claims is not. Fastify's own reader counts neither.
import { CHUNK_BYTES } from "../../protocol/limits.ts";
import { ProtocolError } from "../../protocol/protocol-error.ts";
import type { Memory } from "./memory.ts";

/** Recorders give up after 30 s themselves. */
const BODY_MS = 35_000;

export interface Body {
	bytes: Buffer;
	/** Gives the memory back; called once the answer has gone. */
	release(): void;
}

/** @throws ProtocolError too_large | store_unavailable; Error where the sender is too slow or gone */
export function readBody(
	stream: NodeJS.ReadableStream,
	memory: Memory,
	timeoutMs = BODY_MS,
): Promise<Body> {
	return new Promise((resolve, reject) => {
		const parts: Buffer[] = [];
		let held = 0;
		let isOver = false;
		const release = (): void => {
			memory.give(held);
			held = 0;
		};
		const end = (settle: () => void): void => {
			if (isOver) return;
			isOver = true;
			clearTimeout(timer);
			stream.removeListener("data", onData);
			settle();
		};
		const fail = (error: unknown): void =>
			end(() => {
				// The rest is read and thrown away, so that the sender gets to hear the answer.
				stream.resume();
				release();
				reject(error);
			});
		const onData = (part: Buffer): void => {
			try {
				if (held + part.length > CHUNK_BYTES) throw createTooLarge();
				memory.take(part.length);
				held += part.length;
				parts.push(part);
			} catch (error) {
				fail(error);
			}
		};
		/** An error costs its stack; a stream that was read to its end closes too. */
		const abort = (how: string) => () => {
			if (!isOver) fail(createAborted(how));
		};
		const timer = setTimeout(abort("took too long"), timeoutMs);
		stream.on("data", onData);
		stream.once("end", () => end(() => resolve({ bytes: join(parts), release })));
		stream.once("error", abort("broke off"));
		stream.once("close", abort("broke off"));
	});
}

/** Most bodies come in one part. */
function join(parts: Buffer[]): Buffer {
	const [only] = parts;
	return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
}

export function createTooLarge(): ProtocolError {
	return new ProtocolError("too_large", `more than ${CHUNK_BYTES} bytes came`);
}

/** No refusal: the chunk may be whole another time. */
function createAborted(how: string): Error {
	return Object.assign(new Error(`the upload ${how}`), { statusCode: 408 });
}
