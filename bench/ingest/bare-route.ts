// What ingest is measured beside: a bare Fastify route that makes the same bytes as durable in the same
// way, and does nothing else. What waits while two writes are in flight is written together: temporary
// file, fdatasync, rename, fsync of the folder; only then is anybody answered.
//
// Arguments: the folder to write to. Prints the port it listens on.
import { randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import Fastify from "fastify";
import { CHUNK_BYTES, PACK_BYTES } from "../../protocol/limits.ts";

const MAX_WRITES = 2;

interface Waiting {
	bytes: Buffer;
	done: () => void;
	fail: (error: unknown) => void;
}

const folder = process.argv[2] ?? ".";
const waiting: Waiting[] = [];
let writes = 0;

const app = Fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser(
	"*",
	{ parseAs: "buffer", bodyLimit: CHUNK_BYTES },
	(_request, body, done) => done(null, body),
);
app.post<{ Body: Buffer }>("/", async ({ body }, reply) => {
	await new Promise<void>((done, fail) => {
		waiting.push({ bytes: body, done, fail });
		flush();
	});
	return reply.code(204).send();
});
await app.listen({ host: "127.0.0.1", port: 0 });
const address = app.server.address();
console.log(typeof address === "object" ? address?.port : address);

function flush(): void {
	while (waiting.length > 0 && writes < MAX_WRITES) {
		const batch = takeBatch();
		writes++;
		void writePack(batch).finally(() => {
			writes--;
			flush();
		});
	}
}

function takeBatch(): Waiting[] {
	let bytes = 0;
	const end = waiting.findIndex((one) => {
		bytes += one.bytes.length;
		return bytes > PACK_BYTES;
	});
	return waiting.splice(0, end < 0 ? waiting.length : Math.max(1, end));
}

async function writePack(batch: Waiting[]): Promise<void> {
	const name = randomUUID();
	const temporary = join(folder, `${name}.tmp`);
	try {
		const file = await open(temporary, "wx");
		try {
			await file.writeFile(Buffer.concat(batch.map(({ bytes }) => bytes)));
			await file.datasync();
		} finally {
			await file.close();
		}
		await rename(temporary, join(folder, `${name}.pk`));
		const handle = await open(folder, "r");
		try {
			await handle.sync();
		} finally {
			await handle.close();
		}
		for (const { done } of batch) done();
	} catch (error) {
		for (const { fail } of batch) fail(error);
	}
}
