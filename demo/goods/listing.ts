/** What a listing shows: read from its address, so that a filtered list can be sent to a friend. */
import { catalogue, type KindId, kinds, type Product } from "./catalogue.ts";

export const orders = {
	featured: "Our order",
	new: "Newest first",
	low: "Price, low to high",
	high: "Price, high to low",
} as const;
export type OrderId = keyof typeof orders;

export interface Choice {
	kind: KindId | "all";
	order: OrderId;
}

export function parseChoice(query: URLSearchParams): Choice {
	const kind = query.get("kind") ?? "";
	const order = query.get("sort") ?? "";
	return {
		kind: Object.hasOwn(kinds, kind) ? (kind as KindId) : "all",
		order: Object.hasOwn(orders, order) ? (order as OrderId) : "featured",
	};
}

/** `/products` with only what differs from the default, so that the plain list has the plain address. */
export function formatChoice({ kind, order }: Choice): string {
	const query = new URLSearchParams();
	if (kind !== "all") query.set("kind", kind);
	if (order !== "featured") query.set("sort", order);
	return query.size > 0 ? `/products?${query}` : "/products";
}

export function selectProducts({ kind, order }: Choice): Product[] {
	const chosen = catalogue.filter((product) => kind === "all" || product.kind === kind);
	const price = (product: Product) => product.sizes[0].price;
	switch (order) {
		case "featured":
			return chosen;
		case "new":
			return chosen.sort((a, b) => Number(b.fresh ?? false) - Number(a.fresh ?? false));
		case "low":
			return chosen.sort((a, b) => price(a) - price(b));
		case "high":
			return chosen.sort((a, b) => price(b) - price(a));
	}
}
