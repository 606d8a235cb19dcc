// What differs between two maps, element by element, with how sure that is.
import type { Signal } from "@preact/signals";
import { formatCount, formatPercent } from "../ui/format.ts";
import type { ElementDifference } from "./differ.ts";
import { describeElement, nameElement } from "./name-element.ts";

interface DifferenceTableProps {
	differences: readonly ElementDifference[];
	pointed: Signal<string | undefined>;
	onSelect: (key: string) => void;
}

const MOST_ROWS = 200;

export function DifferenceTable({ differences, pointed, onSelect }: DifferenceTableProps) {
	if (differences.length === 0) return null;
	return (
		<table class="elements differences" aria-label="Differences, the surest first">
			<thead>
				<tr>
					<th scope="col">Element</th>
					<th scope="col" class="number">
						A
					</th>
					<th scope="col" class="number">
						B
					</th>
					<th scope="col" class="number">
						B less A
					</th>
				</tr>
			</thead>
			<tbody>
				{differences.slice(0, MOST_ROWS).map(({ element, a, b, difference, holds }) => (
					<tr
						key={element.key}
						data-key={element.key}
						data-unsure={!holds || undefined}
						data-pointed={pointed.value === element.key || undefined}
						onPointerEnter={() => {
							pointed.value = element.key;
						}}
						onPointerLeave={() => {
							pointed.value = undefined;
						}}
					>
						<td>
							<button type="button" class="element-name" onClick={() => onSelect(element.key)}>
								{nameElement(element)}
							</button>
							<span class="element-kind">{describeElement(element, false)}</span>
						</td>
						<RateCell of={a} />
						<RateCell of={b} />
						<td class="number">
							{formatPoints(difference.share)}
							<span class="element-kind">
								{holds
									? `${formatPoints(difference.lower)} to ${formatPoints(difference.upper)}`
									: "may be chance"}
							</span>
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}

function RateCell({ of: [part, whole] }: { of: readonly [number, number] }) {
	return (
		<td class="number">
			{whole === 0 ? "–" : formatPercent(part / whole)}
			<span class="element-kind">
				{formatCount(part)} of {formatCount(whole)}
			</span>
		</td>
	);
}

/** 0.034 → `+3.4`: points of a hundred. */
export function formatPoints(share: number): string {
	const points = Math.round(share * 1000) / 10;
	return `${points > 0 ? "+" : points < 0 ? "−" : ""}${Math.abs(points).toFixed(1)}`;
}
