// Which sessions count, in words of `protocol/session-filter.ts`. Enter applies them, and leaving the field does.

export function FilterField({
	filter,
	onChange,
}: {
	filter: string;
	onChange: (filter: string) => void;
}) {
	return (
		<form
			class="filter-field"
			onSubmit={(event) => {
				event.preventDefault();
				const field = event.currentTarget.elements.namedItem("filter");
				if (field instanceof HTMLInputElement) onChange(field.value.trim());
			}}
		>
			<input
				key={filter}
				class="input"
				name="filter"
				type="search"
				aria-label="Only sessions that fit"
				placeholder="browser:Firefox variant:hero=b"
				title="Terms as key:value – browser, os, device, language, path, variant, automated. Enter applies them."
				defaultValue={filter}
				spellcheck={false}
				onBlur={(event) => {
					if (event.currentTarget.value.trim() !== filter) {
						onChange(event.currentTarget.value.trim());
					}
				}}
			/>
		</form>
	);
}
