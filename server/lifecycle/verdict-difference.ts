// Episodes of sessions as they were found before and as they are found now → what is gained and what is lost, by kind
// and by element. Plain values, so that a run that was cut short goes on with what it had counted.
//
// An episode is the same where its session has one of its kind on the same element in the same document: instants
// and severities move with any threshold, and a list of those would say nothing.
import type { StoredEpisode } from "../queries/episodes.ts";

export type Verdict = Pick<
	StoredEpisode,
	| ("class" | "page" | "stream" | "element" | "element_key" | "text" | "role" | "tag")
	| ("severity" | "signals" | "at" | "until")
>;

export interface Change {
	gained: number;
	lost: number;
	/** What the sum of severities grew by. */
	severity: number;
}

export interface KindChange extends Change {
	/** Episodes of it, then and now. */
	before: number;
	after: number;
}

export interface ElementChange extends Change {
	kind: string;
	page: string;
	key: string;
	/** What it is called, else what it is. */
	name: string;
}

export interface Difference {
	/** Sessions that were held against what was known of them, and those judged otherwise. */
	sessions: number;
	changed: number;
	kinds: Record<string, KindChange>;
	/** Those where something was gained or lost, by a name that is of this file alone. */
	elements: Record<string, ElementChange>;
}

/** Below this a severity is the same: the index keeps three digits. */
const SAME = 0.0015;

export function createDifference(): Difference {
	return { sessions: 0, changed: 0, kinds: {}, elements: {} };
}

/** Adds one session. */
export function addVerdicts(
	difference: Difference,
	before: readonly Verdict[],
	after: readonly Verdict[],
): void {
	difference.sessions++;
	if (!isSameVerdict(before, after)) difference.changed++;
	for (const [of, counts] of countByPlace(before, after)) {
		const [was, is] = counts;
		const gained = Math.max(0, is - was);
		const lost = Math.max(0, was - is);
		const kind = difference.kinds[of.class] ?? { before: 0, after: 0, ...NOTHING };
		difference.kinds[of.class] = kind;
		kind.before += was;
		kind.after += is;
		kind.gained += gained;
		kind.lost += lost;
		if (gained + lost === 0) continue;
		const { class: name, page, element_key: key } = of;
		const id = elementOf(of);
		const named = { kind: name, page, key, name: nameOf(of), ...NOTHING };
		const element = difference.elements[id] ?? named;
		difference.elements[id] = element;
		element.gained += gained;
		element.lost += lost;
	}
	addSeverities(difference, before, -1);
	addSeverities(difference, after, 1);
}

const NOTHING: Change = { gained: 0, lost: 0, severity: 0 };

/** Is nothing told otherwise, sentences included? */
export function isSameVerdict(before: readonly Verdict[], after: readonly Verdict[]): boolean {
	const told = (of: readonly Verdict[]) =>
		of
			.map((one) => ({ one, text: [one.at, one.until, placeOf(one), one.signals].join("\n") }))
			.sort((a, b) => (a.text < b.text ? -1 : 1));
	const [was, is] = [told(before), told(after)];
	return (
		was.length === is.length &&
		was.every(({ text, one }, at) => {
			const other = is[at];
			return other?.text === text && Math.abs(other.one.severity - one.severity) < SAME;
		})
	);
}

/** Those with the most gained and lost first. */
export function listElements({ elements }: Difference, limit: number): ElementChange[] {
	const size = ({ gained, lost }: Change) => gained + lost;
	return Object.values(elements)
		.sort(
			(a, b) =>
				size(b) - size(a) ||
				Math.abs(b.severity) - Math.abs(a.severity) ||
				(a.key < b.key ? -1 : 1),
		)
		.slice(0, limit);
}

function countByPlace(
	before: readonly Verdict[],
	after: readonly Verdict[],
): Map<Verdict, [was: number, is: number]> {
	const places = new Map<string, Verdict>();
	const counts = new Map<Verdict, [number, number]>();
	for (const [at, of] of [before, after].entries()) {
		for (const one of of) {
			const first = places.get(placeOf(one)) ?? one;
			places.set(placeOf(one), first);
			const [was, is] = counts.get(first) ?? [0, 0];
			counts.set(first, at === 0 ? [was + 1, is] : [was, is + 1]);
		}
	}
	return counts;
}

function addSeverities(difference: Difference, of: readonly Verdict[], sign: 1 | -1): void {
	for (const one of of) {
		const kind = difference.kinds[one.class];
		if (kind) kind.severity += sign * one.severity;
		const element = difference.elements[elementOf(one)];
		if (element) element.severity += sign * one.severity;
	}
}

function placeOf({ class: name, stream, page, element }: Verdict): string {
	return [name, stream, page, element].join("\n");
}

function elementOf({ class: name, page, element_key: key }: Verdict): string {
	return [name, page, key].join("\n");
}

function nameOf({ text, role, tag }: Verdict): string {
	return text || role || tag;
}
