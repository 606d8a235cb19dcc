// The address of what is shown, at the instant that is shown.

export function createLink({ origin, pathname }: Location, timeMs: number): string {
	const seconds = Math.round(timeMs / 100) / 10;
	return `${origin}${pathname}${seconds > 0 ? `?t=${seconds}` : ""}`;
}
