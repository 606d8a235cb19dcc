/** The shop's routes: a request as a value in, an answer as a value out. No sockets, so easy to read. */
import {
	addLine,
	CART_COOKIE,
	type Cart,
	formatCart,
	isCoupon,
	parseCart,
	parseLine,
} from "./goods/cart.ts";
import { findProduct } from "./goods/catalogue.ts";
import { parseChoice } from "./goods/listing.ts";
import { cartPage } from "./pages/cart.ts";
import { checkoutPage } from "./pages/checkout.ts";
import { giftWrappingPage } from "./pages/gift-wrapping.ts";
import { homePage } from "./pages/home.ts";
import { type PageFrame, renderPage, type Snag } from "./pages/layout.ts";
import { missingPage } from "./pages/missing.ts";
import { productPage } from "./pages/product.ts";
import { productsPage } from "./pages/products.ts";
import { thanksPage } from "./pages/thanks.ts";

export interface ShopRequest {
	method: string;
	url: URL;
	cookies: string;
	form: URLSearchParams;
}

export interface ShopAnswer {
	status: number;
	headers: Record<string, string>;
	body: string;
	/** So long it takes. */
	afterMs?: number;
}

/** One of the planted faults: slower than anybody waits without a sign. */
const COUPON_MS = 3000;

/** `nextOrder` gives the number of a new order. */
export function answerRequest(
	request: ShopRequest,
	snag: Snag,
	nextOrder: () => string,
): ShopAnswer {
	const cart = parseCart(request.cookies);
	if (request.method === "POST") return answerForm(request, cart, nextOrder);
	if (request.method !== "GET" && request.method !== "HEAD") {
		return { status: 405, headers: { allow: "GET, HEAD, POST" }, body: "" };
	}
	const frame = findPage(request.url, cart);
	const headers = {
		"content-type": "text/html; charset=utf-8",
		"cache-control": "no-store",
		"content-security-policy": contentPolicy(snag),
	};
	const body = renderPage(frame ?? missingPage(), cart, snag);
	return { status: frame === undefined ? 404 : 200, headers, body };
}

function findPage(url: URL, cart: Cart): PageFrame | undefined {
	const [first = "", second, ...rest] = url.pathname.slice(1).split("/");
	if (first === "product" && second !== undefined && rest.length === 0) {
		const product = findProduct(second);
		return product && productPage(product);
	}
	if (second !== undefined) return undefined;
	switch (first) {
		case "":
			return homePage();
		case "products":
			return productsPage(parseChoice(url.searchParams));
		case "cart":
			return cartPage(cart);
		case "checkout":
			return checkoutPage(cart);
		case "thanks":
			return thanksPage(url.searchParams.get("order") ?? undefined);
		case "gift-wrapping":
			return giftWrappingPage();
		default:
			return undefined;
	}
}

/** Forms work without the client code too: a press before it has loaded is not lost. */
function answerForm(request: ShopRequest, cart: Cart, nextOrder: () => string): ShopAnswer {
	const { form, url } = request;
	if (url.pathname === "/cart") {
		const line = parseLine(["slug", "size", "glaze", "quantity"].map((n) => form.get(n) ?? ""));
		return redirect("/cart", line === undefined ? cart : addLine(cart, line));
	}
	if (url.pathname === "/coupon") {
		const headers = { "content-type": "text/plain", "cache-control": "no-store" };
		const body = isCoupon(form.get("code") ?? "") ? "yes" : "no";
		return { status: 200, headers, body, afterMs: COUPON_MS };
	}
	if (url.pathname !== "/checkout") return { status: 404, headers: {}, body: "" };
	if (cart.lines.length === 0) return redirect("/cart", cart);
	return redirect(`/thanks?order=${nextOrder()}`, { lines: [] });
}

function redirect(location: string, cart: Cart): ShopAnswer {
	const cookie = `${CART_COOKIE}=${formatCart(cart)}; Path=/; SameSite=Lax`;
	return { status: 303, headers: { location, "set-cookie": cookie }, body: "" };
}

/** What an honest customer sends: own files and the recorder, nothing else, no inline code. */
function contentPolicy(snag: Snag): string {
	const origin = new URL(snag.url).origin;
	return [
		"default-src 'self'",
		`script-src 'self' ${origin}`,
		"style-src 'self'",
		"img-src 'self' data:",
		`connect-src 'self' ${origin}`,
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	].join("; ");
}
