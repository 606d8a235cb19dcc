// The map as a table: the elements by rank. Pointing at a row outlines its element, and the other way.
import type { Signal } from "@preact/signals";
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { formatCount, formatShare } from "../ui/format.ts";
import { describeElement, identifyElement, nameElement } from "./name-element.ts";

interface ElementTableProps {
	heatmap: Heatmap;
	/** Elements that are not on the map. */
	absent: ReadonlySet<HeatmapElement>;
	pointed: Signal<string | undefined>;
}

export function ElementTable({ heatmap, absent, pointed }: ElementTableProps) {
	const elements = [...heatmap.elements].sort((a, b) => b.presses - a.presses);
	return (
		<table class="elements" aria-label="Elements, most presses first">
			<thead>
				<tr>
					<th scope="col">Element</th>
					<th scope="col" class="number">
						Presses
					</th>
					<th scope="col" class="number">
						Sessions
					</th>
				</tr>
			</thead>
			<tbody>
				{elements.map((element) => (
					<ElementRow
						key={identifyElement(element)}
						element={element}
						all={heatmap.presses}
						absent={absent.has(element)}
						pointed={pointed}
					/>
				))}
			</tbody>
		</table>
	);
}

interface ElementRowProps {
	element: HeatmapElement;
	all: number;
	absent: boolean;
	pointed: Signal<string | undefined>;
}

function ElementRow({ element, all, absent, pointed }: ElementRowProps) {
	return (
		<tr
			data-key={element.key}
			data-absent={absent || undefined}
			data-pointed={(!absent && pointed.value === element.key) || undefined}
			onPointerEnter={() => {
				if (!absent) pointed.value = element.key;
			}}
			onPointerLeave={() => {
				if (pointed.value === element.key) pointed.value = undefined;
			}}
		>
			<td>
				<span class="element-name">{nameElement(element)}</span>
				<span class="element-kind" title={element.key}>
					{describeElement(element, absent)}
				</span>
			</td>
			<td class="number">
				{formatCount(element.presses)}
				<span class="element-kind">{formatShare(element.presses, all)}</span>
			</td>
			<td class="number">{formatCount(element.sessions)}</td>
		</tr>
	);
}
