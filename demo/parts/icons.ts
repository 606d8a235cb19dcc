/** Line icons, drawn on a 24-pixel grid. They are decoration: the words beside them say the same. */
import { type Html, html } from "../html.ts";

const lines = {
	bag: "M5 8h14l1 12H4L5 8Zm4 0V7a3 3 0 0 1 6 0v1",
	home: "M4 11l8-7 8 7v9h-5v-6H9v6H4v-9Z",
	grid: "M4 4h7v7H4V4Zm9 0h7v7h-7V4ZM4 13h7v7H4v-7Zm9 0h7v7h-7v-7Z",
	arrow: "M4 12h15m-6-6 6 6-6 6",
	close: "M5 5l14 14M19 5 5 19",
	truck:
		"M2 6h12v11H2V6Zm12 4h4l4 4v3h-8v-7ZM6 17a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm12 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
	wave: "M2 9c3-3 5-3 7 0s4 3 7 0 4-3 6-1M2 15c3-3 5-3 7 0s4 3 7 0 4-3 6-1",
	spark: "M12 3v18M3 12h18M6 6l12 12M18 6 6 18",
} as const;

export function drawIcon(name: keyof typeof lines): Html {
	return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${lines[name]}"/></svg>`;
}

/** The sign of the shop: a cup seen from above, with the tide in it. */
export function drawMark(): Html {
	return html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle cx="16" cy="16" r="15"/><path d="M3 14c5-4 8-4 13 0s8 4 13 0M4 20c5-4 7-4 12 0s7 4 12 0"/></svg>`;
}
