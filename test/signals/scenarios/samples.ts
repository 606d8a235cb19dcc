// Samples: what the recorder told of a scenario, as detectors take it, one file for each group of scenarios. Names of
// streams and tabs, and where the site stood, are made the same in every recording; facts that no detector reads are left out.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { FACT_ASSETS, FACT_EXPOSED, type Fact } from "../../../protocol/fact.ts";
import type { FactsOfStream } from "../../../signals/normalise/streams.ts";
import type { Received } from "../../recorder/intake.ts";

export interface Sample {
	name: string;
	marks: Readonly<Record<string, number>>;
	parts: FactsOfStream[];
}

const UNREAD: ReadonlySet<number> = new Set([FACT_ASSETS, FACT_EXPOSED]);
const HOST = /http:\/\/localhost:\d+/g;

export function createSample(
	name: string,
	marks: Sample["marks"],
	received: readonly Received[],
): Sample {
	const inOrder = [...received].sort((a, b) => a.envelope.sequence - b.envelope.sequence);
	const streams = new Map<string, { tab: string; facts: Fact[] }>();
	for (const { envelope, facts } of inOrder) {
		const known = streams.get(envelope.stream) ?? { tab: envelope.tab, facts: [] };
		streams.set(envelope.stream, known);
		known.facts.push(...facts.filter(([code]) => !UNREAD.has(code)));
	}
	const of = [...streams.values()].sort((a, b) => (a.facts[0]?.[1] ?? 0) - (b.facts[0]?.[1] ?? 0));
	const tabs = [...new Set(of.map(({ tab }) => tab))];
	const parts = of.map(({ tab, facts }, index) => ({
		...{ stream: `stream-${index}`, tab: `tab-${tabs.indexOf(tab)}` },
		facts: JSON.parse(JSON.stringify(facts).replace(HOST, "http://fixture.example")) as Fact[],
	}));
	return { name, marks: { ...marks }, parts };
}

export function readSamples(group: string): Sample[] {
	const text = gunzipSync(readFileSync(fileOf(group))).toString();
	return text
		.split("\n")
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Sample);
}

export function writeSamples(group: string, samples: readonly Sample[]): void {
	const lines = samples.map((sample) => `${JSON.stringify(sample)}\n`);
	mkdirSync(new URL("samples/", import.meta.url), { recursive: true });
	writeFileSync(fileOf(group), gzipSync(lines.join(""), { level: 9 }));
}

function fileOf(group: string): string {
	return fileURLToPath(new URL(`samples/${group}.jsonl.gz`, import.meta.url));
}
