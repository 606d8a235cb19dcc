// The scenarios by group: each group is one file of samples.
import { answers } from "./groups/answers.ts";
import { deadEnds } from "./groups/dead.ts";
import { fields } from "./groups/fields.ts";
import { givenUp } from "./groups/given-up.ts";
import { helping } from "./groups/help.ts";
import { navigation } from "./groups/navigation.ts";
import { noControls } from "./groups/no-control.ts";
import { places, unsolvedPlaces } from "./groups/places.ts";
import { pointer } from "./groups/pointer.ts";
import { rage } from "./groups/rage.ts";
import { refused } from "./groups/refused.ts";
import { resting } from "./groups/resting.ts";
import { scrolling } from "./groups/scrolling.ts";
import { shifting } from "./groups/shifts.ts";
import { touch } from "./groups/touch.ts";
import { trouble } from "./groups/trouble.ts";
import { createVariants } from "./groups/variants.ts";
import type { Scenario } from "./scenario.ts";

const PLAIN: Readonly<Record<string, readonly Scenario[]>> = {
	...{ answers, rage, places, navigation, touch },
	"dead-ends": [...deadEnds, ...noControls],
	trouble: [...trouble, ...shifting, ...helping],
	pointer: [...pointer, ...scrolling, ...resting],
	forms: [...refused, ...givenUp, ...fields],
};

export const GROUPS: Readonly<Record<string, readonly Scenario[]>> = {
	...PLAIN,
	variants: createVariants(Object.values(PLAIN).flat()),
};

export const ALL_SCENARIOS: readonly Scenario[] = Object.values(GROUPS).flat();

/** What is known to come out wrong, and counts nowhere until it does not. */
export const UNSOLVED: readonly Scenario[] = unsolvedPlaces;
