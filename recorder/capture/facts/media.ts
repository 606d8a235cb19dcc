// What is played and paused; a page may loop, so there is an end to it in each page view.
import { FACT_MEDIA } from "../../../protocol/fact.ts";
import type { FactScope } from "./fact-scope.ts";

const MOST_MEDIA = 50;

export function watchMedia({ on, numberOf, allow, tell }: FactScope): void {
	const onMedia = ({ type, target }: Event): void => {
		const number = numberOf(target);
		if (number === undefined || !allow(FACT_MEDIA, MOST_MEDIA)) return;
		tell(FACT_MEDIA, number, type === "play" ? 1 : 0);
	};
	on({ play: onMedia, pause: onMedia });
}
