// The elements that a stream speaks of, by their number. One whose definition is lost keeps its number: presses on it
// are still presses on one element.
import { formatElementKey } from "../../protocol/element-key.ts";
import { FACT_ELEMENT, FACT_FIELD, type Fact } from "../../protocol/fact.ts";
import type { Target } from "../observation.ts";

export interface Targets {
	of(number: number): Target;
	/** Was something typed there? Buttons and boxes are controls, too. */
	isField(number: number): boolean;
}

const NO_TEXT_ROLES = /^(?:button|checkbox|radio|switch)$/;

export function createTargets(facts: readonly Fact[]): Targets {
	const targets = new Map<number, Target>();
	const fields = new Set<number>();
	for (const fact of facts) {
		if (fact[0] === FACT_FIELD) fields.add(fact[3]);
		if (fact[0] !== FACT_ELEMENT || targets.has(fact[2])) continue;
		const [, , number, candidates, tag, role, text, repeatable] = fact;
		const link = candidates.find(([kind]) => kind === "link")?.[1] ?? "";
		const key = formatElementKey(candidates);
		targets.set(number, { number, key, tag, role, text, isRepeatable: repeatable === 1, link });
	}
	const of = (number: number): Target => {
		const known = targets.get(number);
		if (known !== undefined) return known;
		const lost = { number, key: "", tag: "", role: "", text: "", isRepeatable: false, link: "" };
		targets.set(number, lost);
		return lost;
	};
	return { of, isField: (number) => fields.has(number) && !NO_TEXT_ROLES.test(of(number).role) };
}
