import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startShop } from "../../demo/shop.ts";
import { type DemoShop, startDemoShop } from "./demo-shop.ts";

let shop: DemoShop;
beforeAll(async () => {
	shop = await startDemoShop();
});
afterAll(() => shop.close());

const paths = ["/", "/products", "/products?kind=cups&sort=high", "/product/fleet-mug", "/cart"];

describe("every page of the demo shop", () => {
	test.each([...paths, "/checkout", "/thanks"])(
		"%s answers with the recorder in its head",
		async (path) => {
			const response = await fetch(shop.url + path);
			const page = await response.text();
			expect(response.status).toBe(200);
			expect(page.slice(0, page.indexOf("</head>"))).toContain(
				`<script async src="${shop.snagUrl}/snag.js" data-site="site-key"></script>`,
			);
			expect(page).toContain(`<a href="${shop.snagUrl}">`);
		},
	);

	test("allows scripts from itself and from Snag only", async () => {
		const policy = (await fetch(shop.url)).headers.get("content-security-policy") ?? "";
		expect(policy).toContain(`script-src 'self' ${shop.snagUrl};`);
		expect(policy).toContain(`connect-src 'self' ${shop.snagUrl};`);
		expect(policy).not.toContain("unsafe");
	});

	test.each([...paths, "/checkout", "/thanks", "/shop.css", "/shop.js"])(
		"%s names no foreign host",
		async (path) => {
			const text = await (await fetch(shop.url + path)).text();
			// The namespace of SVG is a name that looks like an address; nobody fetches it.
			const hosts =
				text.replaceAll("http://www.w3.org/2000/svg", "").match(/(https?:)?\/\/[\w.-]+[\w:]*/g) ??
				[];
			expect(hosts.filter((host) => host !== shop.snagUrl)).toEqual([]);
		},
	);

	test("carries no inline code", async () => {
		const pages = await Promise.all(
			paths.map(async (path) => (await fetch(shop.url + path)).text()),
		);
		for (const page of pages) expect(page).not.toMatch(/ on[a-z]+="|javascript:|<script>| style="/);
	});
});

test.each(["/product/no-such-pot", "/nowhere", "/product/fleet-mug/more"])(
	"%s is a 404 with a way back",
	async (path) => {
		const response = await fetch(shop.url + path);
		expect(response.status).toBe(404);
		expect(await response.text()).toContain("See all stoneware");
	},
);

test("the listing shows what the address asks for", async () => {
	const page = await (await fetch(`${shop.url}/products?kind=cups`)).text();
	expect(page.match(/data-testid="product-card"/g)).toHaveLength(2);
});

test("a form sent before the client code has loaded still fills the cart", async () => {
	const added = await fetch(`${shop.url}/cart`, {
		method: "POST",
		body: new URLSearchParams({ slug: "ebb-bowl", size: "l", glaze: "oyster", quantity: "2" }),
		redirect: "manual",
	});
	expect(added.status).toBe(303);
	const cookie = added.headers.get("set-cookie")?.split(";")[0] ?? "";
	const cart = await (await fetch(`${shop.url}/cart`, { headers: { cookie } })).text();
	expect(cart).toContain('data-line="ebb-bowl:l:oyster"');
	const ordered = await fetch(`${shop.url}/checkout`, {
		method: "POST",
		headers: { cookie },
		redirect: "manual",
	});
	expect(ordered.headers.get("location")).toMatch(/^\/thanks\?order=SM-\d+$/);
});

test("what is sent is shown as text, never as markup", async () => {
	const page = await (await fetch(`${shop.url}/thanks?order=%3Cimg%20src=x%3E`)).text();
	expect(page).toContain("&lt;img src=x&gt;");
});

test("a port in use rejects with EADDRINUSE", async () => {
	const { port } = new URL(shop.url);
	const options = { host: "127.0.0.1", snagUrl: shop.snagUrl, siteKey: "k", assets: shop.assets };
	await expect(startShop({ ...options, port: Number(port) })).rejects.toMatchObject({
		code: "EADDRINUSE",
	});
});

test("closing does not wait for connections that are kept alive", async () => {
	const options = { host: "127.0.0.1", snagUrl: shop.snagUrl, siteKey: "k", assets: shop.assets };
	const other = await startShop({ ...options, port: 0 });
	await (await fetch(other.url)).text();
	await other.close();
	await expect(fetch(other.url)).rejects.toThrow();
}, 3000);
