// A form that was given up: it refused what was sent, or two of its fields were filled in, and its page was left without
// sending it. What searches and filters is no form in this sense, nor is one that goes on: at its next step, on its next page,
// or with what a page has kept of it meanwhile. Reads facts.

import { isLink } from "../elements.ts";
import type { FieldSeen, RequestSeen, Seen, SubmitSeen, Target, View } from "../observation.ts";
import type { Signal } from "../signal.ts";
import { BEGUN_FIELDS } from "../thresholds.ts";
import { groupForms } from "./validation-loop.ts";

/** Facts do not say how much of it there was still to fill in. */
const BEGUN_CONFIDENCE = 0.5;
const WRITTEN = /^(?:textbox|spinbutton)?$/;

type Filled = [FieldSeen, ...FieldSeen[]];

export function detectFormAbandon(seen: Seen): Signal[] {
	const unloaded = new Set(
		seen.leave.filter(({ how }) => how === "unload").map(({ view }) => view),
	);
	const isOver = (view: View) => !view.isLast || unloaded.has(view);
	return [...listRefused(seen, isOver), ...listBegun(seen, isOver)];
}

function listRefused(seen: Seen, isOver: (view: View) => boolean): Signal[] {
	return groupForms(seen.submit).flatMap((tries): Signal[] => {
		const [first, last] = [tries[0], tries.at(-1)];
		if (first === undefined || last === undefined || last.outcome !== "invalid") return [];
		if (!tries.every(hasFailed) || isSentLater(seen, last)) return [];
		if (!isOver(first.view)) return [];
		const lastField = findLastField(seen, first.view);
		return [
			{
				...{ kind: "form_abandon", at: last.at, to: first.view.to, view: first.view },
				...{ element: lastField ?? first.element, point: undefined, verdict: "refused" },
				...{ confidence: 1, numbers: { tries: tries.length, ms: first.view.to - first.at } },
			},
		];
	});
}

function listBegun(seen: Seen, isOver: (view: View) => boolean): Signal[] {
	return groupFilled(seen).flatMap(([form, filled]): Signal[] => {
		const [first] = filled;
		const last = filled.at(-1) ?? first;
		const { view } = last;
		const fields = new Set(filled.map(({ element }) => element.number)).size;
		if (fields < BEGUN_FIELDS || !isOver(view) || goesOn(seen, form, last)) return [];
		return [
			{
				...{ kind: "form_abandon", at: last.at, to: view.to, view, element: last.element },
				...{ point: undefined, verdict: "begun", confidence: BEGUN_CONFIDENCE },
				numbers: { fields, ms: view.to - (first.at - first.focusMs) },
			},
		];
	});
}

/** What was written and still stood there, by form and page view. */
function groupFilled({ field }: Seen): [form: Target, filled: Filled][] {
	const forms = new Map<string, [Target, Filled]>();
	for (const one of field) {
		const { form, view, edits, length, element } = one;
		if (form === undefined || form.role === "search" || !WRITTEN.test(element.role)) continue;
		if (edits === 0 || length === 0) continue;
		const name = `${view.stream} ${view.number} ${form.number}`;
		const known = forms.get(name);
		if (known === undefined) forms.set(name, [form, [one]]);
		else known[1].push(one);
	}
	return [...forms.values()];
}

function goesOn(seen: Seen, form: Target, last: FieldSeen): boolean {
	const { view } = last;
	const isSent = seen.submit.some((one) => one.view === view && one.element.number === form.number);
	const isAgain = seen.field.some(
		(one) => one.at > last.at && one.view !== view && one.form?.key === form.key,
	);
	return isSent || isAgain || isStep(seen, view) || seen.request.some(isKept(last));
}

/** What was pressed last led to what came next, and was no link: the next step of the form. */
function isStep({ press }: Seen, view: View): boolean {
	const last = press.findLast((one) => one.view === view);
	if (last === undefined || isLink(last.element)) return false;
	return last.answer.by === "navigation" || last.answer.by === "unload";
}

/** The server was told something behind the first letter of the last field: a draft. */
function isKept({ view, at, focusMs, firstInputMs }: FieldSeen): (request: RequestSeen) => boolean {
	const from = at - focusMs + Math.max(0, firstInputMs);
	return (request) => request.view === view && !request.isPolled && request.at >= from;
}

function hasFailed({ outcome }: SubmitSeen): boolean {
	return outcome === "invalid" || outcome === "none";
}

/** The same form on the next page: it came back with what was wrong. */
function isSentLater({ submit }: Seen, last: SubmitSeen): boolean {
	return submit.some(
		({ at, view, element, outcome }) =>
			at > last.at &&
			view.page === last.view.page &&
			element.key === last.element.key &&
			outcome !== "invalid" &&
			outcome !== "none",
	);
}

/** Where it was given up: the field in which something was done last. */
function findLastField({ field }: Seen, view: View) {
	return field.findLast((one) => one.view === view && (one.edits > 0 || one.invalid > 0))?.element;
}
