// Which sessions count, in words of `protocol/session-filter.ts`. Enter applies them, and leaving the field does.
import { useEffect, useRef } from "preact/hooks";
import { FILTER_KEYS } from "../../protocol/session-filter.ts";

export function FilterField({
	filter,
	onChange,
}: {
	filter: string;
	onChange: (filter: string) => void;
}) {
	const field = useRef<HTMLInputElement>(null);
	const apply = () => {
		if (field.current === null) return;
		field.current.value = field.current.value.trim();
		if (field.current.value !== filter) onChange(field.current.value);
	};
	useEffect(() => {
		if (field.current) field.current.value = filter;
	}, [filter]);
	return (
		<form
			class="filter-field"
			onSubmit={(event) => {
				event.preventDefault();
				apply();
			}}
		>
			<input
				ref={field}
				class="input"
				name="filter"
				type="search"
				aria-label="Only sessions that fit"
				placeholder="browser:Firefox variant:hero=b"
				title={`Terms as key:value – ${FILTER_KEYS.join(", ")}. Enter applies them.`}
				defaultValue={filter}
				spellcheck={false}
				onBlur={apply}
			/>
		</form>
	);
}
