// How fast are keyframes folded, and does it take more memory the longer it goes on? There is no rival:
// nobody else folds. Events come as text, one at a time, as they do when a session is finished.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createFold } from "../replay/fold.ts";
import { type RawEvent, scrubEvents } from "../replay/scrub.ts";
import type { Bench, Figure } from "./figure.ts";
import { findMedian } from "./quantile.ts";
import {
	createDenseSession,
	createLongSession,
	createSession,
	type GeneratedSession,
	LONG,
} from "./sessions/create-session.ts";

const OPTIONS = { seed: 7, startedAt: 1_795_000_000_000 };
const MEGABYTE = 1024 * 1024;
const ROUNDS = 3;

export const measureFold: Bench = async ({ tell, quick }) => {
	const small = () => createSession({ ...LONG, mutations: 300, moves: 300 }, OPTIONS);
	const makers: Record<string, () => GeneratedSession> = quick
		? { short: small }
		: { "2 h": () => createLongSession(OPTIONS), dense: () => createDenseSession(OPTIONS) };
	const figures: Figure[] = [];
	for (const [name, make] of Object.entries(makers)) {
		const lines = make().events.map((event) => JSON.stringify(event));
		const folded = Array.from({ length: ROUNDS }, () => foldLines(lines));
		const of = (read: (one: Folded) => number) => findMedian(folded.map(read));
		const [first] = folded;
		tell(`${name}: ${first?.nodes} nodes at the end, unfolded ${first?.unfolded}`);
		figures.push(
			{
				...{ question: `fold, ${name} session`, unit: "events/s" },
				ours: of(({ foldMs }) => (lines.length / foldMs) * 1000),
			},
			{
				...{ question: `fold, ${name} session, a keyframe and its JSON`, unit: "ms" },
				ours: of(({ keyframeMs }) => keyframeMs),
			},
			{
				...{ question: `fold, ${name} session, heap from a quarter to the end`, unit: "MB" },
				ours: of(({ heapBytes }) => heapBytes / MEGABYTE),
				budget: { of: "ours", is: "at most", value: 4 },
			},
		);
	}
	return figures;
};

interface Folded {
	foldMs: number;
	keyframeMs: number;
	/** How much more is held after the last event than after a quarter of them. */
	heapBytes: number;
	nodes: number;
	unfolded: number;
}

function foldLines(lines: readonly string[]): Folded {
	const fold = createFold();
	const quarter = Math.floor(lines.length / 4);
	let heapThen = 0;
	let foldMs = 0;
	let last = 0;
	for (const [index, line] of lines.entries()) {
		const event = parseEvent(line);
		if (event === undefined) continue;
		const before = performance.now();
		fold.apply(event);
		foldMs += performance.now() - before;
		last = event.timestamp;
		if (index === quarter) heapThen = readHeap();
	}
	const heapBytes = readHeap() - heapThen;
	const before = performance.now();
	JSON.stringify(fold.keyframe(last));
	const keyframeMs = performance.now() - before;
	return { foldMs, keyframeMs, heapBytes, nodes: fold.nodes, unfolded: fold.unfolded.size };
}

function parseEvent(line: string): RawEvent | undefined {
	return scrubEvents([JSON.parse(line)]).events[0];
}

/** Bytes that are really held: what could be collected has been. */
function readHeap(): number {
	setFlagsFromString("--expose-gc");
	const collect: unknown = runInNewContext("gc");
	if (typeof collect === "function") collect();
	return process.memoryUsage().heapUsed;
}
