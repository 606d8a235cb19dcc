// What is usual on the fixture site: made sessions of other visitors, so that what is only unusual beside them can be judged.
// All scenarios are judged beside all of them.

import { contribute } from "../../../signals/baseline/contribution.ts";
import { freezeBaselines, readBaselines } from "../../../signals/baseline/freeze.ts";
import type { Baselines } from "../../../signals/baselines.ts";
import { normalise } from "../../../signals/normalise/normalise.ts";
import { sortOut } from "../../../signals/observation.ts";
import { type Made, makeSession } from "../made-session.ts";
import type { Scenario } from "./scenario.ts";

const PEOPLE = 60;
/** Milliseconds in the middle of all people, and how far they scatter (standard deviation of the logarithm). */
const REST_MS = 400;
const TOUCH_MS = 2000;
const FIELD_MS = 900;
const WRITING_MS = 3500;
const SCATTER = 0.6;

export function createUsual(scenarios: readonly Scenario[]): Baselines {
	const contributions = Array.from({ length: PEOPLE }, (_, person) => {
		const paces = makeSession(`paces-${person}`).page(0, "/paces");
		addPaces(paces, (person + 0.5) / PEOPLE);
		const visits = scenarios.flatMap(({ name, others }) => {
			if (others === undefined) return [];
			const made = makeSession(`${name}-${person}`).page(0, `/${name}/`);
			others(made, person);
			return made.parts;
		});
		return contribute(`person-${person}`, sortOut(normalise([...paces.parts, ...visits])));
	});
	return readBaselines(freezeBaselines(contributions, { name: "fixture@1" }));
}

/** @param share of people who are quicker */
function addPaces(made: Made, share: number): void {
	const slower = Math.exp(SCATTER * quantileOfNormal(share));
	const buy = made.element();
	const field = made.element({ tag: "input", role: "textbox" });
	made.press(10_000, buy, { hoverMs: REST_MS * slower, answer: [["mutation", 20, "near"]] });
	const tap = { pointer: "touch", hoverMs: TOUCH_MS * slower } as const;
	made.press(30_000, made.element(), { ...tap, answer: [["mutation", 20, "near"]] });
	const firstInputMs = Math.round(FIELD_MS * slower);
	made.field(60_000, field, { focusMs: Math.round(WRITING_MS * slower), firstInputMs });
}

/** Tukey's lambda with the exponent at which it is all but normal. */
function quantileOfNormal(share: number): number {
	return (share ** 0.135 - (1 - share) ** 0.135) / 0.1975;
}
