// The rules of a site while somebody works on them. Each change is sent at once; what it replaced comes
// back with the answer, so that it can be undone, also after the screen was left.
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { PageChoices, PageRules, Site } from "../../protocol/api.ts";
import { useApp } from "../context.ts";

export interface PageRulesEditor {
	rules: PageRules;
	/** What the last change here was, "" for none yet. */
	done: ReadonlySignal<string>;
	/** Why the last change was not made, "" where it was. */
	problem: ReadonlySignal<string>;
	sending: ReadonlySignal<boolean>;
	/** @param does what it does, in words. @returns whether it was done */
	change(choices: Partial<PageChoices>, does: string): Promise<boolean>;
}

export function usePageRules(site: Site, read: PageRules): PageRulesEditor {
	const { api } = useApp();
	const rules = useSignal(read);
	const done = useSignal("");
	const problem = useSignal("");
	const sending = useSignal(false);
	return {
		...{ done, problem, sending, rules: rules.value },
		async change(choices, does) {
			if (sending.value) return false;
			sending.value = true;
			const { version, rules: patterns, rejected } = rules.value;
			const body = { version, rules: patterns, rejected, ...choices };
			const result = await api.changePageRules(site.id, body);
			if (result.ok) {
				rules.value = result.value;
				done.value = does;
				problem.value = "";
			} else if (result.error.code === "conflict") {
				const newest = await api.readPageRules(site.id);
				if (newest.ok) rules.value = newest.value;
				problem.value =
					"Somebody else has changed the rules meanwhile. This is how they are now; your change was not made.";
			} else {
				problem.value = `Nothing was changed: ${result.error.message}`;
			}
			sending.value = false;
			return result.ok;
		},
	};
}
