// Generated sessions are only worth measuring with if they could have been recorded.
import { describe, expect, test } from "vitest";
import {
	createSession,
	DENSE,
	type GeneratedSession,
	LONG,
	pickInstants,
} from "../../../bench/sessions/create-session.ts";
import type { PageNode } from "../../../bench/sessions/page.ts";
import { recordSession } from "../../../bench/sessions/upload-session.ts";
import { decodeChunk } from "../../../protocol/chunk.ts";
import { scrubEvents } from "../../../replay/scrub.ts";

const STARTED_AT = 1_795_000_000_000;
const small = (shape: typeof LONG) =>
	createSession({ ...shape, mutations: 600, moves: 300 }, { seed: 7, startedAt: STARTED_AT });

interface Mutation {
	source: number;
	id?: number;
	texts: { id: number; value: string }[];
	attributes: { id: number }[];
	removes: { parentId: number; id: number }[];
	adds: { parentId: number; nextId: number | null; node: PageNode }[];
}

/** What names a node that is not there, or not where it says, in the order rrweb replays. */
function findImpossible({ events }: GeneratedSession): string[] {
	const parents = new Map<number, number>();
	const children = new Map<number, number[]>();
	const faults: string[] = [];
	const place = (node: PageNode, parent: number): void => {
		if (parents.has(node.id)) faults.push(`${node.id} is there twice`);
		parents.set(node.id, parent);
		children.set(parent, [...(children.get(parent) ?? []), node.id]);
		for (const child of node.childNodes ?? []) place(child, node.id);
	};
	const isThere = (id: number, what: string) => {
		if (!parents.has(id)) faults.push(`${what} ${id} is not there`);
	};
	const takeOut = (id: number): void => {
		parents.delete(id);
		for (const child of children.get(id) ?? []) if (parents.get(child) === id) takeOut(child);
	};
	for (const { type, data } of events) {
		if (type === 2) place((data as { node: PageNode }).node, 0);
		if (type !== 3) continue;
		const { source, id, texts, attributes, removes, adds } = data as Mutation;
		if (id !== undefined) isThere(id, `source ${source}`);
		if (source !== 0) continue;
		for (const gone of removes) {
			if (parents.get(gone.id) !== gone.parentId) faults.push(`${gone.id} has another parent`);
			takeOut(gone.id);
		}
		for (const { parentId, nextId, node } of adds) {
			isThere(parentId, "parent");
			if (nextId !== null && parents.get(nextId) !== parentId)
				faults.push(`next ${nextId} is away`);
			place(node, parentId);
		}
		for (const change of [...texts, ...attributes]) isThere(change.id, "changed");
	}
	return faults;
}

describe.each([
	["long", small(LONG)],
	["dense", small(DENSE)],
])("a generated %s session", (_, session) => {
	test("names no node that is not on the page", () => {
		expect(findImpossible(session)).toEqual([]);
	});

	test("is in time order and loses nothing to the scrubber", () => {
		const times = session.events.map(({ timestamp }) => timestamp);
		expect(times).toEqual([...times].sort((a, b) => a - b));
		expect(scrubEvents(structuredClone(session.events)).dropped).toBe(0);
	});

	test("tells for any picked instant which step is shown", () => {
		for (const { timeMs, step } of pickInstants(session, { seed: 3, count: 20 })) {
			const shown = session.events
				.filter(({ timestamp }) => timestamp <= STARTED_AT + timeMs)
				.flatMap(({ data }) => (data as Partial<Mutation>).texts ?? [])
				.findLast(({ value }) => value.startsWith("step "));
			expect(shown?.value).toBe(`step ${step}`);
		}
	});

	test("is cut into chunks that hold every event once", () => {
		const { chunks, id } = recordSession(session, 7);
		const envelopes = chunks.map((chunk) => decodeChunk(chunk).envelope);
		expect(envelopes.map(({ sequence }) => sequence)).toEqual(chunks.map((_, index) => index));
		expect(new Set(envelopes.map((envelope) => envelope.session))).toEqual(new Set([id]));
		const count = envelopes.reduce((sum, { events }) => sum + events.count, 0);
		expect(count).toBe(session.events.length);
	});
});

test("the same seed gives the same session", () => {
	const [one, two] = [small(DENSE), small(DENSE)];
	expect(two).toEqual(one);
	expect(one.nodes).toBe(DENSE.nodes);
	expect(one.steps.length).toBe(600);
});
