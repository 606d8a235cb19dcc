// Every bit of a stored object flipped, and every length it may be cut to: what is intact is still read,
// and nothing is ever read that was not written. `npm test` holds a sample of the same.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { decodeChunk } from "../../protocol/chunk.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { decodeEntry, decodePack, type Entry, encodePack } from "../../protocol/pack.ts";
import {
	createElementFact,
	createPageFact,
	createSampleChunk,
	createSampleSession,
	createSampleSnapshot,
} from "../server/sample-chunk.ts";

const BITS = 8;

/** Three chunks as a recorder sends them, of two sites. */
function createSamplePack() {
	const entries: Entry[] = [1, 2, 1].map((site, number) => {
		const session = createSampleSession();
		const chunk = createSampleChunk(session, {
			facts: [createPageFact(session), createElementFact(session)],
			events: createSampleSnapshot(session),
			encoding: number === 1 ? "raw" : "gzip",
		});
		const times = { receivedAt: session.startedAt, sentAt: session.startedAt };
		return { head: { site, ...times, attempt: 0, userAgent: "test", crc: crc32(chunk) }, chunk };
	});
	return { entries, ...encodePack(entries) };
}

const print = ({ head, chunk }: Entry) =>
	`${JSON.stringify(head)} ${createHash("sha256").update(chunk).digest("hex")}`;

test("every bit of a pack flipped costs at most the entry it stands in, and never gives wrong bytes", () => {
	const { bytes, places, entries } = createSamplePack();
	const prints = entries.map(print);
	let reads = 0;
	for (let at = 0; at < bytes.length; at++) {
		const hit = places.findIndex(({ offset, length }) => at >= offset && at < offset + length);
		const untouched = prints.filter((_, index) => index !== hit);
		for (let bit = 0; bit < BITS; bit++) {
			const damaged = bytes.slice();
			damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
			const found = decodePack(damaged);
			if (hit >= 0 && !found.torn) expect.fail(`byte ${at} bit ${bit}: not said to be torn`);
			if (found.entries.map(print).join() !== untouched.join()) {
				expect.fail(`byte ${at} bit ${bit}: other entries than the untouched`);
			}
			// One chunk alone, as a replay fetches it.
			const place = places[hit];
			if (place !== undefined) {
				const alone = decodeEntry(damaged.subarray(place.offset, place.offset + place.length));
				if (alone !== undefined) expect.fail(`byte ${at} bit ${bit}: a damaged entry was read`);
			}
			reads++;
		}
	}
	console.log(`${reads} flips in a pack of ${bytes.length} bytes`);
});

test("every length a pack may be cut to gives all whole entries before the cut", () => {
	const { bytes, places, entries } = createSamplePack();
	const prints = entries.map(print);
	for (let length = 0; length < bytes.length; length++) {
		const whole = prints.filter((_, index) => {
			const { offset, length: size } = places[index] ?? { offset: 0, length: 0 };
			return offset + size <= length;
		});
		// Cut, and cut with the rest of the file left as zeros, as some file systems do after a crash.
		const zeroed = new Uint8Array(bytes.length);
		zeroed.set(bytes.subarray(0, length));
		for (const torn of [bytes.subarray(0, length), zeroed]) {
			const found = decodePack(torn).entries.map(print);
			const extra = found.slice(whole.length).filter((entry) => !prints.includes(entry));
			expect([length, found.slice(0, whole.length), extra]).toEqual([length, whole, []]);
		}
	}
	console.log(`${bytes.length} cuts`);
});

test("every bit of an upload flipped is refused or read as another upload, and never breaks the reader", () => {
	const session = createSampleSession();
	const chunk = createSampleChunk(session, { facts: [createPageFact(session)] });
	for (let at = 0; at < chunk.length; at++) {
		for (let bit = 0; bit < BITS; bit++) {
			const damaged = chunk.slice();
			damaged[at] = (damaged[at] ?? 0) ^ (1 << bit);
			try {
				decodeChunk(damaged);
			} catch (error) {
				expect([at, bit, error instanceof Error && error.name]).toEqual([at, bit, "ProtocolError"]);
			}
		}
	}
});
