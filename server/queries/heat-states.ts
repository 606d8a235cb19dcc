// What was open on the page when it was pressed. A state is a hash of the keys of what is open: for one or
// two open things that are on the map themselves (the button of a menu, a dialog) it tells which.
import type { Heatmap } from "../../protocol/api.ts";
import { hashText } from "../../protocol/hash-text.ts";
import type { KeyDefinition } from "./heat-keys.ts";
import { BASE_STATE } from "./heat-where.ts";

/** Pairs of more things than these are not tried. */
const MOST_KEYS = 150;

/** The most frequent first. */
export function listStates(
	states: ReadonlyMap<string, number>,
	keys: ReadonlyMap<string, KeyDefinition>,
): Heatmap["states"] {
	const names = nameStates(new Set(states.keys()), [...keys.values()]);
	const sorted = [...states].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
	let unnamed = 0;
	return sorted.map(([state, presses]) => {
		if (state === "") return { id: BASE_STATE, label: "Nothing open", presses };
		return { id: state, label: names.get(state) ?? `Something open (${++unnamed})`, presses };
	});
}

function nameStates(
	states: ReadonlySet<string>,
	definitions: readonly KeyDefinition[],
): Map<string, string> {
	const names = new Map<string, string>();
	if ([...states].every((state) => state === "")) return names;
	const tell = (state: string, label: string) => {
		if (states.has(state) && !names.has(state)) names.set(state, label);
	};
	const known = definitions.filter(({ key }) => key !== "").slice(0, MOST_KEYS);
	for (const one of known) {
		for (const key of [one.key, ...one.also]) tell(hashText(key), `${nameOf(one)} open`);
	}
	const wanted = [...states].filter((state) => state !== "").length;
	for (const [at, one] of known.entries()) {
		if (names.size === wanted) break;
		for (const other of known.slice(at)) {
			const state = hashText([one.key, other.key].sort().join("\n"));
			tell(state, `${nameOf(one)} and ${nameOf(other)} open`);
		}
	}
	return names;
}

function nameOf({ text, role, tag, key }: KeyDefinition): string {
	return text || role || tag || key;
}
