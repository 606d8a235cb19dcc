// Signals that belong together → incidents, each with how bad it was. A control that is dead is pressed four times,
// gets an error and is pressed again: one thing happened to the visitor there, not six.
//
// Severity is 1 − Π (1 − weight × confidence), one factor for each kind of signal: more kinds are worse, more of the
// same are not, it never reaches 1, and the order does not matter. What a place is worth to the site is not in it.
import type { Target, View } from "./observation.ts";
import { SIGNAL_KINDS, type Signal, type SignalKind, WEIGHTS } from "./signal.ts";
import {
	EPISODE_GAP_MS,
	EPISODE_RADIUS_PX,
	HELP_FACTOR,
	HELP_MS,
	PREROLL_MS,
	SESSION_SHARE,
} from "./thresholds.ts";

export interface Episode {
	/** After the gravest of its signals. */
	kind: SignalKind;
	signals: readonly Signal[];
	view: View;
	element: Target | undefined;
	at: number;
	to: number;
	/** Where a replay begins. */
	replayAt: number;
	/** In [0, 1). */
	severity: number;
	/** Help was asked for soon after. */
	isHelpSought: boolean;
}

/** Told of elements across sessions; one is no incident. */
const ALONE_NOTHING: readonly SignalKind[] = ["dead_static"];
/** What is part of a graver thing: the presses of a burst are dead, who waits for an answer hesitates. */
const PART_OF: Partial<Record<SignalKind, readonly SignalKind[]>> = {
	dead: ["rage"],
	dead_disabled: ["rage"],
	dead_static: ["rage"],
	rage_key: ["rage"],
	hesitation: ["slow", "dead", "rage"],
};

interface Open {
	signals: Signal[];
	to: number;
}

/**
 * @param signals in any order
 * @param help when help was asked for, by tab, in order
 */
export function joinEpisodes(
	signals: readonly Signal[],
	help: ReadonlyMap<string, readonly number[]> = new Map(),
): Episode[] {
	const done: Open[] = [];
	let open: Open[] = [];
	for (const signal of inOrder(signals)) {
		open = open.filter(({ to }) => signal.at - to <= EPISODE_GAP_MS);
		const [joined, ...others] = open.filter(({ signals: of }) => of.some(isSame(signal)));
		if (joined === undefined) {
			const begun = { signals: [signal], to: signal.to };
			open.push(begun);
			done.push(begun);
			continue;
		}
		joined.signals.push(signal, ...others.flatMap((other) => other.signals));
		for (const { to } of [signal, ...others]) joined.to = Math.max(joined.to, to);
		open = open.filter((one) => !others.includes(one));
		for (const other of others) other.signals = [];
	}
	return done.flatMap(({ signals: of }) => createEpisode(inOrder(of), help));
}

/** 0 to 100: a session without episodes has none, and one terrible moment is not the whole visit. */
export function frictionOf(episodes: readonly Episode[]): number {
	const severities = episodes.map(({ severity }) => severity).sort((a, b) => a - b);
	const left = severities.reduce((rest, severity) => rest * (1 - SESSION_SHARE * severity), 1);
	return 100 * (1 - left);
}

/** Of signals that are one episode, in [0, 1). */
export function severityOf(signals: readonly Pick<Signal, "kind" | "confidence">[]): number {
	const kinds = new Set(signals.map(({ kind }) => kind));
	const left = SIGNAL_KINDS.filter((kind) => kinds.has(kind) && !isPart(kind, kinds)).map(
		(kind) => {
			const of = signals.filter((signal) => signal.kind === kind);
			const surest = of.reduce((most, { confidence }) => Math.max(most, confidence), 0);
			return 1 - WEIGHTS[kind] * surest;
		},
	);
	return 1 - left.reduce((rest, factor) => rest * factor, 1);
}

function createEpisode(
	signals: readonly Signal[],
	help: ReadonlyMap<string, readonly number[]>,
): Episode[] {
	const kinds = new Set(signals.map(({ kind }) => kind));
	const kind = SIGNAL_KINDS.find((one) => kinds.has(one) && !isPart(one, kinds));
	const first = signals[0];
	if (first === undefined || kind === undefined) return [];
	if (signals.every((signal) => ALONE_NOTHING.includes(signal.kind))) return [];
	const named = signals.find((signal) => signal.kind === kind) ?? first;
	const to = signals.reduce((latest, signal) => Math.max(latest, signal.to), first.to);
	const isHelpSought = (help.get(first.view.tab) ?? []).some((at) => at > to && at - to <= HELP_MS);
	const alone = severityOf(signals);
	return [
		{
			...{ kind, signals, at: first.at, to, view: first.view, element: named.element },
			replayAt: first.at - PREROLL_MS,
			severity: isHelpSought ? 1 - (1 - alone) ** HELP_FACTOR : alone,
			isHelpSought,
		},
	];
}

function isPart(kind: SignalKind, kinds: ReadonlySet<SignalKind>): boolean {
	return PART_OF[kind]?.some((whole) => kinds.has(whole)) ?? false;
}

/** On the same element, or close to it; what has no place is an incident of its own. */
function isSame(a: Signal): (b: Signal) => boolean {
	return (b) => {
		if (a.view !== b.view || a.at - b.to > EPISODE_GAP_MS) return false;
		if (a.element === undefined || b.element === undefined) return false;
		if (a.element.number === b.element.number) return true;
		if (a.point === undefined || b.point === undefined) return false;
		const [[ax, ay], [bx, by]] = [a.point, b.point];
		return Math.hypot(ax - bx, ay - by) <= EPISODE_RADIUS_PX;
	};
}

/** By everything that can differ, so that equal sets of signals stand in one order. */
function inOrder(signals: readonly Signal[]): Signal[] {
	const rank = ({ kind }: Signal) => SIGNAL_KINDS.indexOf(kind);
	return [...signals].sort(
		(a, b) =>
			a.at - b.at ||
			rank(a) - rank(b) ||
			a.to - b.to ||
			(a.element?.number ?? -1) - (b.element?.number ?? -1) ||
			(a.view.stream < b.view.stream ? -1 : a.view.stream > b.view.stream ? 1 : 0),
	);
}
