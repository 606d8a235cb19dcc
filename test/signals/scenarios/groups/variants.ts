// Scenarios of other groups again: on a page that ticks, and by finger. Their labels stay, because none of it is the visitor's.
import type { Scenario } from "../scenario.ts";

const TICKING = [
	...["back-at-once", "two-reloads", "a-reload-after-trouble", "back-and-forth", "up-and-down"],
	...["shift-under-the-hand", "the-wrong-one-and-closed", "the-same-one-again", "zooming-in"],
	...["much-taken-back", "a-typo", "long-in-a-field", "long-before-the-first-letter"],
	...["refused-twice-by-the-browser", "refused-twice-by-the-page", "refused-once-and-mended"],
	...["sent-with-a-field-that-nobody-saw", "begun-and-left-by-a-link", "sent-with-a-next-page"],
	...["stuck-for-a-second", "help-after-trouble", "error-thrown", "error-refused-500"],
	...["switched-off-pressed-twice-by-mouse", "switched-off-and-says-why", "press-on-words"],
	...["resting-before-a-press", "slow-next-page", "dialog", "dead-in-a-shadow-tree"],
];
const BY_FINGER = [
	...[
		"two-reloads",
		"a-reload-after-trouble",
		"refused-twice-by-the-page",
		"refused-once-and-mended",
	],
	...["begun-and-left-by-a-link", "sent-with-a-next-page", "long-in-a-field", "stuck-for-a-second"],
	...["long-before-the-first-letter", "help-after-trouble", "error-refused-500", "slow-next-page"],
	...[
		"stepper",
		"carousel-next",
		"details",
		"dialog",
		"dead-in-a-shadow-tree",
		"answer-in-a-frame",
	],
];
/** What ticks has ticked by then. */
const BEFORE_MS = 2600;

export function createVariants(scenarios: readonly Scenario[]): Scenario[] {
	const find = (name: string): Scenario => {
		const found = scenarios.find((one) => one.name === name);
		if (found === undefined) throw new Error(`no scenario ${name}`);
		return found;
	};
	return [
		...TICKING.map(find).map((one): Scenario => {
			const visit: Scenario["visit"] = async (visitor) => {
				await visitor.rest(BEFORE_MS);
				await one.visit(visitor);
			};
			return { ...one, name: `${one.name}-while-it-ticks`, ticks: true, visit };
		}),
		...BY_FINGER.map(find).map(
			(one): Scenario => ({ ...one, name: `${one.name}-on-a-phone`, device: "phone" }),
		),
	];
}
