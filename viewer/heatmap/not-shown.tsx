// Every press is accounted for: those that are not on the map stand here, with the reason.
import { formatCount, plural } from "../ui/format.ts";
import { MISSING_TEXT } from "./explain-missing.ts";
import { nameElement } from "./name-element.ts";
import type { Projection } from "./project.ts";

export function NotShown({ projection }: { projection: Projection }) {
	const { missing, notShown } = projection;
	if (missing.length === 0) return null;
	return (
		<details class="not-shown" data-not-shown={notShown}>
			<summary>{plural(notShown, "press", "presses")} not shown, and why</summary>
			<ul>
				{missing.map(({ element, reason }) => (
					<li key={element.key || "undescribed"} data-reason={reason}>
						<strong>{nameElement(element)}</strong>
						<span class="number">{formatCount(element.presses)}</span>
						<p>{MISSING_TEXT[reason]}</p>
						{element.key !== "" && <code>{element.key}</code>}
					</li>
				))}
			</ul>
		</details>
	);
}
