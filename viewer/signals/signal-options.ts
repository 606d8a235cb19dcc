// What a report of signals offers to be chosen, as filters show it.
import type { SignalReport } from "../../protocol/api.ts";
import { nameElement } from "../heatmap/name-element.ts";
import { nameSignal } from "../ui/signal-words.ts";

export interface Option {
	value: string;
	label: string;
	count: number;
}

type Choices = Pick<SignalReport, "kinds" | "pages" | "elements">;

export function listOptions({
	kinds,
	pages,
	elements,
}: Choices): Record<"kind" | "page" | "key", Option[]> {
	const option = (value: string, label: string, count: number) => ({ value, label, count });
	return {
		kind: kinds.map(({ kind, episodes }) => option(kind, nameSignal(kind), episodes)),
		page: pages
			.filter(({ page }) => page !== "")
			.map(({ page, episodes }) => option(page, page, episodes)),
		key: elements.map((element) => option(element.key, nameElement(element), element.episodes)),
	};
}
