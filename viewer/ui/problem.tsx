// What is wrong with what was typed, right below it.

export function Problem({ id, text }: { id: string; text: string | undefined }) {
	return (
		<p class="field-problem" id={id} role="alert">
			{text}
		</p>
	);
}
