// One filter: a choice while nothing is chosen, then what is chosen, which goes away with a press.
import { Icon } from "./icon.tsx";
import { Select } from "./select.tsx";

interface FilterSlotProps {
	/** What is chosen from, in one word: `page`. */
	name: string;
	/** "" for anything. */
	value: string;
	/** undefined until they are known. */
	options: readonly { value: string; label: string; count: number }[] | undefined;
	/** Of what is chosen, where no option says it. */
	label: string;
	/** The address of the screen without this filter. */
	without: string;
	onChoose: (value: string) => void;
}

export function FilterSlot({ name, value, options, label, without, onChoose }: FilterSlotProps) {
	if (value !== "") {
		const chosen = options?.find((option) => option.value === value)?.label ?? label;
		return (
			<a class="chip filter-chip" href={without} title={`${chosen}: remove this filter`}>
				<span class="filter-name">{name}</span>
				<span class="filter-value">{chosen}</span>
				<Icon name="cross" size={12} />
				<span class="visually-hidden">, remove this filter</span>
			</a>
		);
	}
	if (options?.length === 0) return null;
	return (
		<Select label={`Only of one ${name}`} value="" disabled={!options} onChange={onChoose}>
			<option value="">Any {name}</option>
			{options?.map((option) => (
				<option key={option.value} value={option.value}>
					{option.label} ({option.count})
				</option>
			))}
		</Select>
	);
}
