// How long visitors took at the elements of a map, each session once for an element and a measure: counted in steps, so
// that medians can be taken of counts and sessions that go on are counted with the others. What it is held
// against is what is usual at controls like it (`baselines/shelf.ts`).

import { likeOf } from "../../signals/baseline/freeze.ts";
import { measureSlowness, type Slowness } from "../../signals/baseline/slowness.ts";
import type { Measure } from "../../signals/baselines.ts";
import { type Counted, median, robustOfCounts } from "../../signals/statistics/robust.ts";
import type { BaselineShelf, FrozenSite } from "../baselines/shelf.ts";
import { StoreError } from "../errors.ts";
import type { TimeOfRow } from "../index/baseline-rows.ts";
import { groupBy } from "../index/group-by.ts";
import { fitsPress, type HeatWhere } from "./heat-where.ts";

/** Of ln ms: a step is 2 % of a time. */
const STEPS = 50;
const KNOWN_MS = 60_000;
const FACETS = ["group", "pointer", "state"] as const;

/** Times of one kind at one element. */
export interface TimesTally {
	measure: string;
	pointed: string;
	role: string;
	/** Sessions by step. */
	steps: Map<number, number>;
}

/** By hash of the key, then by a name that is of this file alone. */
export type Times = Map<string, Map<string, TimesTally>>;

export interface TimesRow extends Pick<TimesTally, "measure" | "pointed" | "role"> {
	hash: string;
	steps: number[];
	counts: number[];
}

/** @param conditions what the map asks @param key name of an element, as it is counted */
export function timesSql(conditions: string, key: string): string {
	return `
	SELECT toString(name) AS hash, measure, pointed, role, groupArray(step) AS steps, groupArray(n) AS counts
	FROM (
		SELECT name, measure, pointed, role, step, toUInt32(count()) AS n FROM (
			SELECT ${key} AS name, measure, pointed, role,
				toInt32(floor(quantileExactInclusive(0.5)(y) * ${STEPS})) AS step
			FROM times WHERE ${conditions} AND measure IN ('press', 'field')
			GROUP BY name, measure, pointed, role, session
		) GROUP BY name, measure, pointed, role, step
	) GROUP BY name, measure, pointed, role`;
}

export function addTimes(times: Times, { hash, steps, counts, ...kind }: TimesRow): void {
	const ofElement = times.get(hash) ?? new Map<string, TimesTally>();
	times.set(hash, ofElement);
	const name = [kind.measure, kind.pointed, kind.role].join("\n");
	const known = ofElement.get(name) ?? { ...kind, steps: new Map() };
	ofElement.set(name, known);
	for (const [at, step] of steps.entries()) {
		known.steps.set(step, (known.steps.get(step) ?? 0) + (counts[at] ?? 0));
	}
}

/** Of one session whose rows are not in the index yet. */
export function tallyTimes(times: Times, rows: readonly TimeOfRow[], where: HeatWhere): void {
	const nameOf = (row: TimeOfRow) => where.united.get(row.key) ?? row.key;
	const fitting = rows.filter(
		(row) => row.measure !== "field-active" && fitsPress(row, where, FACETS),
	);
	const kinds = groupBy(fitting, (row) =>
		[nameOf(row), row.measure, row.pointed, row.role].join("\n"),
	);
	for (const some of kinds.values()) {
		const [first] = some;
		if (first === undefined) continue;
		const { measure, pointed, role } = first;
		const step = Math.floor(median(some.map(({ y }) => y)) * STEPS);
		addTimes(times, { hash: nameOf(first), measure, pointed, role, steps: [step], counts: [1] });
	}
}

/** Undefined where nothing is frozen, or cannot be read at the moment: a map does without. */
export async function readUsual(
	shelf: Pick<BaselineShelf, "open">,
	site: number,
): Promise<FrozenSite | undefined> {
	try {
		return await (await shelf.open(site, KNOWN_MS)).newest();
	} catch (error) {
		if (error instanceof StoreError) return undefined;
		throw error;
	}
}

export interface Hesitation extends Slowness {
	medianMs: number;
}

/** Of what most sessions did there: they pressed it, or wrote in it. */
export function findHesitation(
	ofElement: ReadonlyMap<string, TimesTally> | undefined,
	{ all }: FrozenSite,
): Hesitation | undefined {
	const measures = groupBy([...(ofElement?.values() ?? [])], ({ measure }) => measure);
	const known = [...measures].map(([measure, some]) => {
		const over = some.flatMap(({ pointed, role, steps }): Counted[] => {
			const kind = { measure: measure as Measure, device: pointed, role };
			const like = likeOf(all.times, kind);
			if (like === undefined) return [];
			return listValues(steps).map(([y, count]) => [y - like.location, count]);
		});
		return {
			slowness: measureSlowness(over),
			times: some.flatMap(({ steps }) => listValues(steps)),
		};
	});
	const [most] = known.sort((a, b) => (b.slowness?.sessions ?? 0) - (a.slowness?.sessions ?? 0));
	if (most?.slowness === undefined) return undefined;
	return { ...most.slowness, medianMs: Math.round(Math.exp(robustOfCounts(most.times).location)) };
}

/** The middle of each step. */
function listValues(steps: ReadonlyMap<number, number>): Counted[] {
	return [...steps].map(([step, count]) => [(step + 0.5) / STEPS, count]);
}
