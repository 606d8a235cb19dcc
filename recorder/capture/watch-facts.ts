// What is told of every visit, also where the page itself is not recorded: the watchers of facts in the
// order in which they tell. Everything is told at once where it happens once, and summed up until the
// page view changes or the page goes out of sight where it happens often.

import { SESSION_IDLE_MS } from "../../protocol/limits.ts";
import { NativeObserver } from "../native.ts";
import { watchAnswers } from "./facts/answer.ts";
import { watchErrors } from "./facts/error.ts";
import { watchExposed } from "./facts/exposed.ts";
import {
	createFactScope,
	type FactsOptions,
	type Tell,
	type TellReason,
} from "./facts/fact-scope.ts";
import { watchFields } from "./facts/field.ts";
import { watchLeaving } from "./facts/leave.ts";
import { watchMedia } from "./facts/media.ts";
import { watchMoves } from "./facts/move.ts";
import { createMutationRing } from "./facts/mutation-ring.ts";
import { watchRequests } from "./facts/request.ts";
import { watchScroll } from "./facts/scroll.ts";
import { watchSubmits } from "./facts/submit.ts";
import { createToldByPage, type ToldByPage } from "./facts/told-by-page.ts";
import { watchVitals } from "./facts/vital.ts";
import { watchPresses } from "./press.ts";

export interface FactsWatch {
	told: ToldByPage;
	/** What the recorder of the document saw. */
	onMutations(records: readonly MutationRecord[]): void;
	/** Style rules changed, of which the document's observer says nothing. */
	onStyle(): void;
	/** Nobody else watches the document. @returns an end to it */
	observe(): () => void;
	tell: Tell;
	stop(): void;
}

export function watchFacts(options: FactsOptions): FactsWatch {
	const scope = createFactScope(options);
	const { guard, now, later, onTell, onStop } = scope;
	const ring = createMutationRing(now, later);
	const answers = watchAnswers(scope, ring);
	watchSubmits(scope, watchFields(scope));
	const trailOf = watchMoves(scope, watchScroll(scope));
	watchVitals(scope);
	watchExposed(scope, ring.hasChanged);
	watchLeaving(scope);
	watchErrors(scope);
	watchRequests(scope, answers.onRequest);
	watchMedia(scope);
	watchPresses(scope, trailOf, answers.onDown);

	const onMutations = (records: readonly MutationRecord[]): void => {
		ring.add(records);
		answers.onMutations();
	};
	const tell = (reason: TellReason): void => {
		for (const told of onTell) told(reason);
		if (reason === "unload") scope.seenAt = 0;
	};
	return {
		told: createToldByPage(scope),
		onMutations,
		onStyle: () => answers.note("style"),
		observe() {
			const observer = new NativeObserver(guard.wrap(onMutations));
			const all = { attributes: true, characterData: true, childList: true, subtree: true };
			observer.observe(document, all);
			const end = () => observer.disconnect();
			onStop.push(end);
			return end;
		},
		tell,
		stop() {
			// Of a visitor who has gone it would say that they were here until now.
			if (now() - scope.seenAt < SESSION_IDLE_MS) tell("end");
			for (const stop of onStop) stop();
		},
	};
}
