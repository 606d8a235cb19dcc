/** The mark of the shop as a file of its own; the namespace is a name, nothing is fetched from it. */
export function drawFavicon(): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#14312d"/><path d="M3 14c5-4 8-4 13 0s8 4 13 0M4 20c5-4 7-4 12 0s7 4 12 0" fill="none" stroke="#f0a583" stroke-width="2.4"/></svg>`;
}
