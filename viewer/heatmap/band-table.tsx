// Reach and attention as a table: the document from top to end, a row for each tenth of it.
import type { Heatmap } from "../../protocol/api.ts";
import { wilson } from "../../signals/statistics/interval.ts";
import { formatCount, formatRange, formatShare } from "../ui/format.ts";
import { formatSeconds } from "./map-bands.tsx";

/** Twentieths are for the eye; a reader has enough with tenths. */
const STEP = 2;

export function BandTable({ heatmap }: { heatmap: Heatmap }) {
	const rows = listRows(heatmap);
	if (rows.length === 0) return null;
	const isReach = heatmap.kind === "scroll";
	return (
		<table class="elements" aria-label="The page from top to end">
			<thead>
				<tr>
					<th scope="col">{isReach ? "Got as far as" : "On the screen"}</th>
					<th scope="col" class="number">
						{isReach ? "Views" : "Median"}
					</th>
					<th scope="col" class="number">
						{isReach ? "Share" : "Quarter"}
					</th>
				</tr>
			</thead>
			<tbody>
				{rows.map(({ name, first, second, sure }) => (
					<tr key={name}>
						<td>{name}</td>
						<td class="number">{first}</td>
						<td class="number">
							{second}
							{sure && <span class="element-kind">{sure}</span>}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

interface Row {
	name: string;
	first: string;
	second: string;
	sure?: string;
}

function listRows({ scroll, attention }: Heatmap): Row[] {
	if (scroll !== undefined && scroll.views > 0) {
		return scroll.reach.flatMap((reached, at) => {
			if (at === 0 || at % STEP !== 0) return [];
			const { lower, upper } = wilson(Math.min(reached, scroll.views), scroll.views);
			const name = at === scroll.reach.length - 1 ? "The end" : `${5 * at} %`;
			const [first, second] = [formatCount(reached), formatShare(reached, scroll.views)];
			return [{ name, first, second, sure: formatRange(lower, upper) }];
		});
	}
	return (attention?.median ?? []).flatMap((median, at) => {
		if (at % STEP !== 0) return [];
		const name = `${5 * at} to ${5 * (at + 1)} % down`;
		const quarter = attention?.p75[at] ?? 0;
		return [{ name, first: formatSeconds(median), second: formatSeconds(quarter) }];
	});
}
