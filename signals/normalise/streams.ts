// Facts as they came → the facts of each stream, each once, in the order of time. Chunks come late, twice and in any
// order; what has the same time is put in the order of its code and its text, so that the same facts always
// stand in the same order.
import type { Fact } from "../../protocol/fact.ts";

/** Facts of one chunk, or of many. */
export interface FactsOfStream {
	stream: string;
	tab: string;
	facts: readonly Fact[];
}

type Told = [fact: Fact, text: string];

/** In the order in which the streams began. */
export function listStreams(parts: readonly FactsOfStream[]): FactsOfStream[] {
	const streams = new Map<string, { tab: string; facts: Map<string, Fact> }>();
	for (const { stream, tab, facts } of parts) {
		const known = streams.get(stream) ?? { tab, facts: new Map() };
		streams.set(stream, known);
		for (const fact of facts) known.facts.set(JSON.stringify(fact), fact);
	}
	return [...streams]
		.filter(([, { facts }]) => facts.size > 0)
		.map(([stream, { tab, facts }]) => ({ stream, tab, facts: inOrder(facts) }))
		.sort((a, b) => beginOf(a) - beginOf(b) || (a.stream < b.stream ? -1 : 1));
}

function inOrder(facts: ReadonlyMap<string, Fact>): Fact[] {
	const told = [...facts].map(([text, fact]): Told => [fact, text]);
	told.sort(([a, one], [b, other]) => a[1] - b[1] || a[0] - b[0] || (one < other ? -1 : 1));
	return told.map(([fact]) => fact);
}

function beginOf({ facts }: FactsOfStream): number {
	return facts[0]?.[1] ?? 0;
}
