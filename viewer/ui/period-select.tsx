// How far a list, a report or a map looks back.
import type { ComponentChildren } from "preact";
import { PERIODS } from "./period.ts";
import { Select } from "./select.tsx";

const WORDS: Readonly<Record<string, string>> = { 1: "Last 24 hours" };

interface PeriodSelectProps {
	/** As an address says them. */
	days: string;
	onChange: (days: string) => void;
	/** Other choices, each an option. */
	children?: ComponentChildren;
}

export function PeriodSelect({ days, onChange, children }: PeriodSelectProps) {
	const isOwn = Number(days) > 0 && PERIODS.every((period) => period !== days);
	return (
		<Select label="Period" value={days} onChange={onChange}>
			{children}
			{[...PERIODS, ...(isOwn ? [days] : [])].map((period) => (
				<option key={period} value={period}>
					{WORDS[period] ?? `Last ${period} days`}
				</option>
			))}
		</Select>
	);
}
