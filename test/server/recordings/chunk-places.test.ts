import { expect, test } from "vitest";
import { type ChunkPlace, createChunkPlaces } from "../../../server/recordings/chunk-places.ts";

const place = (sequence: number, pack = "p"): ChunkPlace => ({
	...{ stream: "s", sequence, part: 0, crc: 1, pack, offset: 4, length: 9 },
});
const nameOf = ({ sequence }: ChunkPlace) => String(sequence);
const session = (id: number) => ({ site: 1, session: `session ${id}` });

test("the index is asked once for all chunks of a session, and again for one that is new to it", async () => {
	const places = createChunkPlaces(nameOf);
	let asked = 0;
	const list = async () => {
		asked++;
		return Array.from({ length: asked * 2 }, (_, sequence) => place(sequence));
	};
	const find = (name: string) => places.find({ ...session(1), name }, list);
	expect([(await find("0"))?.sequence, (await find("1"))?.sequence, asked]).toEqual([0, 1, 1]);
	expect([(await find("3"))?.sequence, asked]).toEqual([3, 2]);
	expect([await find("none"), asked]).toEqual([undefined, 3]);
	places.forget(session(1));
	expect([(await find("0"))?.sequence, asked]).toEqual([0, 4]);
});

test("a session of another site is another session", async () => {
	const places = createChunkPlaces(nameOf);
	places.keep(session(1), [place(0, "mine")]);
	const found = await places.find({ site: 2, session: "session 1", name: "0" }, async () => []);
	expect(found).toBeUndefined();
});

test("what was not asked for in a while is forgotten, so that no number of sessions fills the memory", async () => {
	const places = createChunkPlaces(nameOf);
	const many = Array.from({ length: 5000 }, (_, sequence) => place(sequence));
	const never = () => Promise.reject(new Error("the index was asked"));
	for (let id = 0; id < 10; id++) places.keep(session(id), many);
	await places.find({ ...session(0), name: "0" }, never);
	places.keep(session(10), many);
	expect((await places.find({ ...session(0), name: "0" }, never))?.pack).toBe("p");
	await expect(places.find({ ...session(1), name: "0" }, never)).rejects.toThrow("was asked");
});
