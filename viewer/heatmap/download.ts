// Gives the visitor's browser a file to keep.
import type { MapRoute } from "./use-map.ts";

export function download(blob: Blob, name: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(blob);
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** `/product/:id` at 390 → `heatmap-product-id-390-press.png`. */
export function nameFile({ page, width, view }: MapRoute, ending: string): string {
	const path = page.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
	return `heatmap-${path || "home"}-${width}-${view?.kind ?? "press"}.${ending}`;
}
