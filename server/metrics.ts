// Figures for Prometheus, in its text format, written by hand: a counter, a gauge and a histogram are
// little code, and a label may only have values from a list, so that strangers cannot make series.
// https://prometheus.io/docs/instrumenting/exposition_formats/

export interface Metrics {
	/** @returns a function that adds to it; values that are not listed count as `other` */
	counter(name: string, help: string, label?: Label): (by: number, value?: string) => void;
	/** Read whenever somebody asks. */
	gauge(name: string, help: string, read: () => number): void;
	/** @param bounds upper ends of the buckets, ascending */
	histogram(name: string, help: string, bounds: readonly number[]): (value: number) => void;
	/** What `/metrics` answers. */
	text(): string;
}

export interface Label {
	name: string;
	values: readonly string[];
}

export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
const OTHER = "other";

export function createMetrics(): Metrics {
	const families = new Map<string, () => string[]>();
	const add = (name: string, kind: string, help: string, list: () => string[]): void => {
		if (families.has(name)) throw new Error(`there are two metrics ${name}`);
		families.set(name, () => [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`, ...list()]);
	};

	return {
		counter(name, help, label) {
			const counts = new Map<string, number>((label?.values ?? [""]).map((value) => [value, 0]));
			add(name, "counter", help, () =>
				[...counts].map(([value, count]) => `${nameSeries(name, label?.name, value)} ${count}`),
			);
			return (by, value = "") => {
				const known = counts.has(value) ? value : OTHER;
				counts.set(known, (counts.get(known) ?? 0) + by);
			};
		},
		gauge(name, help, read) {
			add(name, "gauge", help, () => [`${name} ${read()}`]);
		},
		histogram(name, help, bounds) {
			const counts = bounds.map(() => 0);
			let count = 0;
			let sum = 0;
			add(name, "histogram", help, () => [
				...bounds.map(
					(bound, at) => `${nameSeries(`${name}_bucket`, "le", `${bound}`)} ${counts[at]}`,
				),
				`${nameSeries(`${name}_bucket`, "le", "+Inf")} ${count}`,
				`${name}_sum ${sum}`,
				`${name}_count ${count}`,
			]);
			return (value) => {
				count++;
				sum += value;
				for (const [at, bound] of bounds.entries()) {
					if (value <= bound) counts[at] = (counts[at] ?? 0) + 1;
				}
			};
		},
		text: () => `${[...families.values()].flatMap((list) => list()).join("\n")}\n`,
	};
}

/** Names and values are our own words: nothing in them has to be escaped. */
function nameSeries(name: string, label: string | undefined, value: string): string {
	return label === undefined ? name : `${name}{${label}="${value}"}`;
}
