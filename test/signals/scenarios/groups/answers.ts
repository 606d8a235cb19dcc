// Presses and bursts on a plain button, however it answers (never, at once, after 2 and 8 seconds), by mouse, finger and
// keyboard, with and without a page that ticks.

import { button, type Expected, main, type Scenario } from "../scenario.ts";
import type { Hand } from "../visitor.ts";

type Answering = "never" | "at-once" | "after-2s" | "after-8s";

const HANDS: readonly Hand[] = ["mouse", "touch", "key"];
const ANSWERINGS: readonly Answering[] = ["never", "at-once", "after-2s", "after-8s"];
const SCRIPTS: Record<Answering, string> = {
	never: "",
	"at-once": `on("buy", () => say("Done"))`,
	"after-2s": `on("buy", () => ask(2000).then(() => say("Done")))`,
	"after-8s": `on("buy", () => ask(8000).then(() => say("Done")))`,
};
/** Until nothing more can come of it that is told. */
const WATCHED_MS: Record<Answering, number> = {
	...{ never: 3500, "at-once": 3500, "after-2s": 3500, "after-8s": 8600 },
};
/** A page that ticks must have ticked before. */
const BEFORE_MS = 2600;

function scenarioOf(answering: Answering, by: Hand, { ticks = false, isBurst = false }): Scenario {
	const times = isBurst ? 5 : 1;
	const words = [isBurst ? "burst" : "press", answering, "by", by, ...(ticks ? ["ticking"] : [])];
	return {
		name: words.join("-"),
		pages: { "": main(button("buy", "Buy"), SCRIPTS[answering]) },
		...{ device: by === "touch" ? "phone" : "desktop", ticks },
		async visit(visitor) {
			await visitor.rest(ticks ? BEFORE_MS : 300);
			await visitor.press("buy", { times, by });
			await visitor.rest(WATCHED_MS[answering]);
		},
		...(isBurst ? labelBurst(answering, by) : labelPress(answering)),
	};
}

function labelPress(answering: Answering): Pick<Scenario, "must" | "trapOf"> {
	if (answering === "never") return { must: [{ kind: "dead", on: "buy" }] };
	if (answering === "at-once") return { trapOf: ["dead"] };
	return { must: [{ kind: "slow", on: "buy" }], trapOf: ["dead"] };
}

/** What is slow is no answer to five presses in a second, and each of them is slow, too. */
function labelBurst(answering: Answering, by: Hand): Pick<Scenario, "must" | "may" | "trapOf"> {
	const kind = by === "key" ? "rage_key" : "rage";
	if (answering === "at-once") return { trapOf: [kind, "dead"] };
	const must: Expected[] = [{ kind, on: "buy" }];
	return { must, may: [{ kind: answering === "never" ? "dead" : "slow", on: "buy" }] };
}

export const answers: Scenario[] = ANSWERINGS.flatMap((answering) =>
	HANDS.flatMap((by) => [
		scenarioOf(answering, by, {}),
		scenarioOf(answering, by, { ticks: true }),
		scenarioOf(answering, by, { isBurst: true }),
		scenarioOf(answering, by, { isBurst: true, ticks: true }),
	]),
);
