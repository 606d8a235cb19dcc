// The page views of each tab, in the order in which it showed them.
import type { Seen, View } from "../observation.ts";

export function listTabs({ page }: Seen): View[][] {
	const tabs = new Map<string, View[]>();
	for (const { view } of page) {
		const known = tabs.get(view.tab);
		if (known === undefined) tabs.set(view.tab, [view]);
		else if (known.at(-1) !== view) known.push(view);
	}
	return [...tabs.values()];
}
