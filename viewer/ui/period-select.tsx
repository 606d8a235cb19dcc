// How far a list or report looks back, in days as text.
import { DEFAULT_DAYS } from "../heatmap/map-view.ts";
import { Select } from "./select.tsx";

export const PERIODS = ["1", "7", DEFAULT_DAYS, "90"] as const;
const WORDS: Readonly<Record<string, string>> = { 1: "Last 24 hours" };

export function PeriodSelect({
	days,
	any,
	onChange,
}: {
	days: string;
	/** What no period at all is called, where that can be asked for. */
	any?: string;
	onChange: (days: string) => void;
}) {
	return (
		<Select label="Period" value={days} onChange={onChange}>
			{any !== undefined && <option value="">{any}</option>}
			{PERIODS.map((period) => (
				<option key={period} value={period}>
					{WORDS[period] ?? `Last ${period} days`}
				</option>
			))}
		</Select>
	);
}
