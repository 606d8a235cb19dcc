// The pages that a pattern makes one, the most viewed first: those of a rule, of what was learned, and of
// a rule that is being typed.
import type { PageMerge } from "../../protocol/api.ts";
import { formatCount, plural } from "../ui/format.ts";

/** More would push what is below off the screen while somebody types. */
const FIRST = 8;

export function describeMerge({ members, views, presses }: PageMerge): string {
	return [plural(members, "page"), plural(views, "view"), plural(presses, "press", "presses")].join(
		" · ",
	);
}

export function MergedPages({ merge }: { merge: PageMerge }) {
	const named = merge.pages.slice(0, FIRST);
	const others = merge.members - named.length;
	return (
		<ul class="merged">
			{named.map(({ page, shownAs, views }) => (
				<li key={page} class="merged-page">
					<span class="path">{page}</span>
					{shownAs !== page && shownAs !== merge.pattern && (
						<span class="merged-from">
							now in <span class="path">{shownAs}</span>
						</span>
					)}
					<span class="number">{formatCount(views)}</span>
				</li>
			))}
			{others > 0 && <li class="merged-rest">and {plural(others, "other page")}</li>}
		</ul>
	);
}
