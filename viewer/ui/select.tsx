// A native choice with our own arrow.
import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

interface SelectProps {
	label: string;
	value: string;
	disabled?: boolean;
	onChange: (value: string) => void;
	children: ComponentChildren;
}

export function Select({ label, value, disabled, onChange, children }: SelectProps) {
	return (
		<span class="select">
			<select
				aria-label={label}
				value={value}
				disabled={disabled}
				onChange={(event) => {
					onChange(event.currentTarget.value);
					// The keys belong to the screen again.
					event.currentTarget.blur();
				}}
			>
				{children}
			</select>
			<Icon name="down" />
		</span>
	);
}
