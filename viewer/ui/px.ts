/** A length for a style: Preact 11 adds no unit to a number. */
export function px(value: number): string {
	return `${value}px`;
}
