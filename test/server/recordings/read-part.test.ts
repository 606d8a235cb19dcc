import { expect, test } from "vitest";
import { crc32 } from "../../../protocol/crc32.ts";
import { decodeEntry, encodePack } from "../../../protocol/pack.ts";
import { ApiError } from "../../../server/errors.ts";
import { readChunkPart } from "../../../server/recordings/read-part.ts";
import { createStore } from "../../../server/store/create-store.ts";
import { createTempFolder } from "../../support/temp-folder.ts";
import { createSampleChunk, createSampleSession, createSampleSnapshot } from "../sample-chunk.ts";

const PACK = "p/20261122/03/ab/pack.pk";
const SITE = 7;

/** A store with one pack of two chunks of a session, and the places of both. */
async function storeChunks() {
	const folder = await createTempFolder("parts");
	const store = createStore({ kind: "disk", folder: folder.path });
	await store.probe();
	await store.probe();
	const session = createSampleSession();
	const chunks = [0, 1].map((sequence) =>
		createSampleChunk(session, { sequence, events: createSampleSnapshot(session, sequence) }),
	);
	const heads = chunks.map((chunk) => ({
		...{ site: SITE, receivedAt: session.startedAt, sentAt: 0, attempt: 0, userAgent: "" },
		crc: crc32(chunk),
	}));
	const pack = encodePack(chunks.map((chunk, at) => ({ chunk, head: heads[at] ?? decodeHead() })));
	const places = pack.places.map((place, sequence) => ({
		...{ stream: session.stream, sequence, part: 0, crc: heads[sequence]?.crc ?? 0, pack: PACK },
		...place,
	}));
	await store.put(PACK, pack.bytes);
	const where = { site: SITE, session: session.session };
	return { store, where, places, pack, remove: folder.remove };
}

function decodeHead(): never {
	throw new Error("a chunk has no head");
}

test("what stands at a place is given only if it is that very chunk of that session and site", async () => {
	const { store, where, places, remove } = await storeChunks();
	const [first, second] = places;
	if (first === undefined || second === undefined) return decodeHead();
	expect((await readChunkPart(store, first, where)).encoding).toBe("gzip");
	const { offset, length } = second;
	for (const [place, at] of [
		[{ ...first, offset, length }, where],
		[{ ...first, crc: 1 }, where],
		[{ ...first, sequence: 1 }, where],
		[{ ...first, offset: first.offset + 1 }, where],
		[{ ...first, length: first.length - 1 }, where],
		[first, { ...where, site: SITE + 1 }],
		[first, { ...where, session: createSampleSession().session }],
	] as const) {
		await expect(readChunkPart(store, place, at)).rejects.toMatchObject({ code: "part_damaged" });
	}
	await expect(readChunkPart(store, { ...first, pack: "p/none.pk" }, where)).rejects.toMatchObject({
		code: "part_gone",
	});
	await remove();
});

test("a flipped byte anywhere in a stored chunk is never sent as if it were whole", async () => {
	const { store, where, places, pack, remove } = await storeChunks();
	const [, place] = places;
	if (place === undefined) return decodeHead();
	const want = decodeEntry(pack.bytes.subarray(place.offset));
	let refused = 0;
	for (let at = 0; at < pack.bytes.length; at += 5) {
		const bytes = new Uint8Array(pack.bytes);
		bytes[at] = (bytes[at] ?? 0) ^ 0x40;
		const flipped = { ...store, getRange: async () => bytes.subarray(place.offset) };
		const part = await readChunkPart(flipped, place, where).catch((error: unknown) => error);
		if (part instanceof ApiError) refused++;
		else expect(want?.chunk).toEqual(decodeEntry(bytes.subarray(place.offset))?.chunk);
	}
	expect(refused).toBeGreaterThanOrEqual(Math.floor(place.length / 5));
	await remove();
});
