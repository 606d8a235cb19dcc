// Every press is accounted for: those that are not on the map stand here, by reason.
import { formatCount, plural } from "../ui/format.ts";
import { MISSING_TEXT } from "./explain-missing.ts";
import { identifyElement, nameElement } from "./name-element.ts";
import type { Projection } from "./project.ts";

export function NotShown({ projection }: { projection: Projection }) {
	const { missing, notShown } = projection;
	if (missing.length === 0) return null;
	const reasons = [...new Set(missing.map(({ reason }) => reason))];
	return (
		// Where nothing is on the map, why not is the news.
		<details class="not-shown" data-not-shown={notShown} open={projection.shown === 0}>
			<summary>{plural(notShown, "press", "presses")} not shown, and why</summary>
			{reasons.map((reason) => (
				<section key={reason} data-reason={reason}>
					<p>{MISSING_TEXT[reason]}</p>
					<ul>
						{missing
							.filter((entry) => entry.reason === reason)
							.map(({ element, presses }) => (
								<li key={identifyElement(element)} title={element.key}>
									<span>{nameElement(element)}</span>
									<span class="number">{formatCount(presses)}</span>
								</li>
							))}
					</ul>
				</section>
			))}
		</details>
	);
}
