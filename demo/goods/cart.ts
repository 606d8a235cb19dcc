/**
 * The cart is one cookie that both sides can read: the server renders the page from it, the client
 * changes it and renders the same parts again. Nothing is kept on the server.
 *
 *   saltmarsh_cart = line=fleet-mug:m:oyster:2&line=…&coupon=TIDE10     (percent-encoded)
 */
import { defaultSize, findProduct, type Product, type Size } from "./catalogue.ts";
import { type GlazeId, glazeIds } from "./glazes.ts";

export const CART_COOKIE = "saltmarsh_cart";
export const MAX_QUANTITY = 12;
export const COUPON = { code: "TIDE10", percent: 10 } as const;
export const FREE_DELIVERY_PENCE = 8000;

export interface CartLine {
	product: Product;
	size: Size;
	glaze: GlazeId;
	quantity: number;
}

export interface Cart {
	lines: readonly CartLine[];
	coupon?: string;
}

/** Reads a `Cookie` header or `document.cookie`; what the catalogue does not know is left out. */
export function parseCart(cookies: string): Cart {
	const found = cookies.split(/;\s*/).find((cookie) => cookie.startsWith(`${CART_COOKIE}=`));
	const query = new URLSearchParams(decodeCookie(found?.slice(CART_COOKIE.length + 1) ?? ""));
	const lines = query
		.getAll("line")
		.map((line) => parseLine(line.split(":")))
		.filter((line) => line !== undefined);
	return isCoupon(query.get("coupon") ?? "") ? { lines, coupon: COUPON.code } : { lines };
}

export function formatCart(cart: Cart): string {
	const query = new URLSearchParams();
	for (const line of cart.lines) query.append("line", `${lineKey(line)}:${line.quantity}`);
	if (cart.coupon !== undefined) query.set("coupon", cart.coupon);
	return encodeURIComponent(query.toString());
}

/** Takes what a form says (strings of any kind) and makes a line of it, or nothing. */
export function parseLine(parts: readonly (string | undefined)[]): CartLine | undefined {
	const [slug, sizeId, glazeId, quantity] = parts;
	const product = findProduct(slug ?? "");
	if (product === undefined) return undefined;
	const size = product.sizes.find((each) => each.id === sizeId) ?? defaultSize(product);
	const glaze = glazeIds.find((each) => each === glazeId) ?? product.glazes[0];
	return { product, size, glaze, quantity: clampQuantity(Number(quantity)) };
}

export function lineKey(line: CartLine): string {
	return `${line.product.slug}:${line.size.id}:${line.glaze}`;
}

export function addLine(cart: Cart, added: CartLine): Cart {
	const same = cart.lines.find((line) => lineKey(line) === lineKey(added));
	if (same === undefined) return { ...cart, lines: [...cart.lines, added] };
	return setQuantity(cart, lineKey(added), same.quantity + added.quantity);
}

/** A quantity of 0 takes the line out. */
export function setQuantity(cart: Cart, key: string, quantity: number): Cart {
	const lines = cart.lines
		.filter((line) => quantity > 0 || lineKey(line) !== key)
		.map((line) => (lineKey(line) === key ? { ...line, quantity: clampQuantity(quantity) } : line));
	return { ...cart, lines };
}

export function isCoupon(code: string): boolean {
	return code.trim().toUpperCase() === COUPON.code;
}

export function countPieces(cart: Cart): number {
	return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** All amounts in pence. Delivery costs nothing from `FREE_DELIVERY_PENCE` on, except express. */
export function sumUp(cart: Cart, delivery: { price: number; alwaysPaid?: boolean }) {
	const goods = cart.lines.reduce((sum, line) => sum + line.size.price * line.quantity, 0);
	const discount = cart.coupon === undefined ? 0 : Math.round((goods * COUPON.percent) / 100);
	const isFree = goods - discount >= FREE_DELIVERY_PENCE && delivery.alwaysPaid !== true;
	const postage = goods === 0 || isFree ? 0 : delivery.price;
	return { goods, discount, postage, total: goods - discount + postage };
}

function clampQuantity(quantity: number): number {
	if (!Number.isFinite(quantity)) return 1;
	return Math.min(MAX_QUANTITY, Math.max(1, Math.round(quantity)));
}

function decodeCookie(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return ""; // A cookie that someone else cut short is an empty cart.
	}
}
