// The map as a table: the elements by rank, each with its rate and how sure that is. Pointing at a row
// outlines its element, and the other way; a row opens what is known of it.
import type { Signal } from "@preact/signals";
import type { Heatmap, HeatmapElement } from "../../protocol/api.ts";
import { formatCount, formatPercent, formatRange } from "../ui/format.ts";
import { describeElement, identifyElement, nameElement } from "./name-element.ts";
import { formatRatio, formatRatios, formatSeconds } from "./slowness.ts";
import { FEW, rateOf } from "./weigh.ts";

interface ElementTableProps {
	heatmap: Heatmap;
	/** Elements that are not on the map. */
	absent: ReadonlySet<HeatmapElement>;
	pointed: Signal<string | undefined>;
	selected: string | undefined;
	onSelect: (key: string) => void;
}

/** Further ones are read from the CSV. */
const MOST_ROWS = 200;

export function ElementTable(props: ElementTableProps) {
	const { heatmap, absent } = props;
	const elements = [...heatmap.elements].sort(
		(a, b) => orderOf(b, heatmap) - orderOf(a, heatmap) || b.presses - a.presses,
	);
	return (
		<>
			<table
				class="elements"
				aria-label={`Elements, ${heatmap.kind === "hesitation" ? "slowest" : "most presses"} first`}
			>
				<thead>
					<tr>
						<th scope="col">Element</th>
						<th scope="col" class="number">
							{COUNTED[heatmap.kind] ?? "Presses"}
						</th>
						<th scope="col" class="number">
							{heatmap.kind === "hesitation" ? "Ratio" : "Rate"}
						</th>
					</tr>
				</thead>
				<tbody>
					{elements.slice(0, MOST_ROWS).map((element) => (
						<ElementRow
							{...props}
							key={identifyElement(element)}
							element={element}
							isAbsent={absent.has(element)}
						/>
					))}
				</tbody>
			</table>
			{elements.length > MOST_ROWS && (
				<p class="element-kind">
					{formatCount(elements.length - MOST_ROWS)} more with fewer presses: take them away as a
					table.
				</p>
			)}
		</>
	);
}

const COUNTED: Readonly<Partial<Record<Heatmap["kind"], string>>> = {
	first: "First",
	last: "Last",
	exposure: "Views",
	hesitation: "Median",
	...{ rage: "Rage", dead: "Dead", error: "Errors" },
};

/** What the table counts and is sorted by. */
function orderOf(element: HeatmapElement, { kind }: Heatmap): number {
	if (kind === "hesitation") return element.hesitation?.ratio ?? 0;
	if (kind === "first") return element.first;
	if (kind === "last") return element.last;
	if (kind === "exposure") return element.exposedViews;
	return kind === "press" ? element.presses : element.count;
}

interface ElementRowProps extends ElementTableProps {
	element: HeatmapElement;
	isAbsent: boolean;
}

function ElementRow({ heatmap, element, isAbsent, pointed, selected, onSelect }: ElementRowProps) {
	const { share, lower, upper, whole, part, of } = rateOf(element, heatmap);
	const isPointed = pointed.value === element.key || selected === element.key;
	const sure = `${formatCount(part)} of ${formatCount(whole)} ${of}; 95 % sure: ${formatPercent(lower)} to ${formatPercent(upper)}`;
	const point = () => {
		if (!isAbsent) pointed.value = element.key;
	};
	const leave = () => {
		if (pointed.value === element.key) pointed.value = undefined;
	};
	return (
		<tr
			data-key={element.key}
			data-absent={isAbsent || undefined}
			data-pointed={(!isAbsent && isPointed) || undefined}
			onPointerEnter={point}
			onPointerLeave={leave}
		>
			<td>
				<button
					type="button"
					class="element-name"
					onClick={() => onSelect(element.key)}
					onFocus={point}
					onBlur={leave}
				>
					{nameElement(element)}
				</button>
				<span class="element-kind" title={element.key}>
					{describeElement(element, isAbsent)}
				</span>
			</td>
			{heatmap.kind === "hesitation" ? (
				<SlownessCells element={element} />
			) : (
				<>
					<td class="number">
						{formatCount(orderOf(element, heatmap))}
						<span class="element-kind">{formatCount(element.sessions)} sess.</span>
					</td>
					<td class="number" title={sure} data-few={whole < FEW || undefined}>
						{formatPercent(share)}
						<span class="element-kind">{formatRange(lower, upper)}</span>
					</td>
				</>
			)}
		</tr>
	);
}

function SlownessCells({ element: { hesitation } }: { element: HeatmapElement }) {
	if (hesitation === undefined) {
		return (
			<td class="number" colSpan={2}>
				<span class="element-kind">fewer than 10 sessions</span>
			</td>
		);
	}
	const { sessions, medianMs, ratio } = hesitation;
	return (
		<>
			<td class="number">
				{formatSeconds(medianMs)}
				<span class="element-kind">{formatCount(sessions)} sess.</span>
			</td>
			<td
				class="number"
				title="As long as at controls like it; 95 % sure that it is in this range"
				data-few={sessions < FEW || undefined}
			>
				{formatRatio(ratio)}
				<span class="element-kind">{formatRatios(hesitation)}</span>
			</td>
		</>
	);
}
