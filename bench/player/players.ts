// The two players as pages to open: where they are and how one seeks in them. Ours gets a pointer on
// its time line; the rival is spared that and called directly.
import type { Manifest } from "../../protocol/api.ts";
import type { Product } from "../product.ts";

export interface MeasuredPlayer {
	name: "ours" | "rival";
	url: string;
	/** Source of a function body: seeks to `timeMs`, ms from the session's start. */
	seek: (timeMs: number) => string;
}

export const RIVAL_PAGE =
	'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/rival.css"><body></body><script type="module" src="/rival.js"></script>';

export function describePlayers(product: Product, manifest: Manifest): MeasuredPlayer[] {
	const { id, durationMs } = manifest.session;
	const path = `/sites/${product.site.id}/sessions/${id}`;
	const events = encodeURIComponent(`/api/v1${path}/events`);
	return [
		{
			name: "ours",
			url: `${product.url}${path}`,
			seek: (timeMs) => `
				const bar = document.querySelector('[role="slider"][aria-label="Time"]');
				const { left, top, width } = bar.getBoundingClientRect();
				const clientX = left + (${timeMs} / ${durationMs}) * width;
				bar.dispatchEvent(new PointerEvent("pointerup", { clientX, clientY: top + 2, bubbles: true }));`,
		},
		{
			name: "rival",
			url: `${product.url}/rival.html?events=${events}`,
			seek: (timeMs) => `window.rival.goto(${timeMs}, false);`,
		},
	];
}
