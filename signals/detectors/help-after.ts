// Presses on help, contact or chat: no friction by themselves, but what came shortly before was some. Names in the
// languages of the sites we know; what a page masks has none. Reads facts.
import { isInteractive } from "../elements.ts";
import type { PressSeen, Seen } from "../observation.ts";

const HELP =
	/(?:^|[\s/])(?:help|support|contact|faq|chat|hilfe|kontakt|aide|assistance|ayuda|contacto|aiuto|assistenza|contatti|ajuda|contato|pomoc|hulp)(?:$|[\s/])/i;

/** @returns when help was asked for, by tab, in order */
export function findHelp({ press }: Seen): ReadonlyMap<string, readonly number[]> {
	const tabs = new Map<string, number[]>();
	for (const one of press.filter(isHelp)) {
		const known = tabs.get(one.view.tab);
		if (known === undefined) tabs.set(one.view.tab, [one.at]);
		else known.push(one.at);
	}
	return tabs;
}

function isHelp({ element }: PressSeen): boolean {
	return isInteractive(element) && (HELP.test(element.text) || HELP.test(element.link));
}
