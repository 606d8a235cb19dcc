// How fast is a session judged, does twice as much take more than twice as long, and is anything held
// afterwards? In processor time, since machines are shared. There is no rival: others judge in the page or as
// events come in.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Baselines, NO_BASELINES } from "../signals/baselines.ts";
import { detect } from "../signals/detect.ts";
import { HOUR_MS, makeFacts } from "./detectors/make-facts.ts";
import type { Bench } from "./figure.ts";
import { findMedian } from "./quantile.ts";

const SEED = 7;
const ROUNDS = 15;
const HELD_ROUNDS = 40;
const MEGABYTE = 1024 * 1024;

/** Something is usual of everything, so that no detector goes home early. */
const BASELINES: Baselines = {
	...NO_BASELINES,
	timeOf: () => ({ count: 40, location: Math.log(400), scale: 0.8 }),
	pageOf: () => ({ views: 500, backShare: 0.05, quarterMs: 8000, visits: 1 }),
};

export const measureDetectors: Bench = async ({ tell, quick }) => {
	const rounds = quick ? 3 : ROUNDS;
	const judge = (hours: number) => {
		const parts = makeFacts({ seed: SEED, hours });
		const facts = parts.reduce((sum, part) => sum + part.facts.length, 0);
		const took = Array.from({ length: rounds }, () => {
			const before = process.cpuUsage();
			detect(parts, BASELINES);
			const { user, system } = process.cpuUsage(before);
			return (user + system) / 1000;
		});
		const ms = findMedian(took);
		const { signals, episodes } = detect(parts, BASELINES);
		tell(`${facts} facts: ${signals.length} signals, ${episodes.length} episodes, ${ms} ms`);
		return { ms, facts };
	};
	// The first is compiled while it runs.
	judge(1);
	const [one, two, four] = [judge(1), judge(2), judge(4)];
	const perFact = ({ ms, facts }: { ms: number; facts: number }) => ms / facts;
	return [
		{
			...{ question: "detectors, an hour of facts, processor time", unit: "× real time" },
			ours: HOUR_MS / one.ms,
			budget: { of: "ours", is: "at least", value: 1000 },
		},
		{
			...{ question: "detectors, time a fact with twice as many", unit: "×" },
			ours: perFact(two) / perFact(one),
			budget: { of: "ours", is: "at most", value: 1.3 },
		},
		{
			...{ question: "detectors, time a fact with four times as many", unit: "×" },
			ours: perFact(four) / perFact(one),
			budget: { of: "ours", is: "at most", value: 1.5 },
		},
		{
			...{ question: "detectors, heap held after many sessions", unit: "MB" },
			ours: measureHeld(quick ? 5 : HELD_ROUNDS),
			budget: { of: "ours", is: "at most", value: 1 },
		},
	];
};

/** How much more is held after the last session than after the first. */
function measureHeld(rounds: number): number {
	const parts = makeFacts({ seed: SEED, hours: 1 });
	detect(parts, BASELINES);
	const before = readHeap();
	for (let left = rounds; left > 0; left--) detect(parts, BASELINES);
	return (readHeap() - before) / MEGABYTE;
}

/** Bytes that are really held: what could be collected has been. */
function readHeap(): number {
	setFlagsFromString("--expose-gc");
	const collect: unknown = runInNewContext("gc");
	if (typeof collect === "function") collect();
	return process.memoryUsage().heapUsed;
}
