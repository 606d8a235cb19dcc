/** Builds the shop's files and starts it beside a stub of the Snag server. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Viewport } from "puppeteer-core";
import { startShop } from "../../demo/shop.ts";
import { createTempFolder } from "../support/temp-folder.ts";

export interface DemoShop {
	url: string;
	snagUrl: string;
	assets: URL;
	close(): Promise<void>;
}

export async function startDemoShop(): Promise<DemoShop> {
	const folder = await createTempFolder("demo");
	await build({
		entryPoints: { "shop-client": "demo/client/main.ts", shop: "demo/style/shop.css" },
		outdir: folder.path,
		bundle: true,
		format: "esm",
	});
	const assets = pathToFileURL(`${folder.path}/`);
	const snag = createServer((_, response) => {
		response
			.writeHead(200, { "content-type": "text/javascript" })
			.end("globalThis.snagged = true;");
	});
	await new Promise<void>((resolve) => snag.listen(0, "127.0.0.1", resolve));
	const snagUrl = `http://127.0.0.1:${(snag.address() as AddressInfo).port}`;
	const shop = await startShop({
		port: 0,
		host: "127.0.0.1",
		snagUrl,
		siteKey: "site-key",
		assets,
	});
	return {
		url: shop.url,
		snagUrl,
		assets,
		async close() {
			await shop.close();
			snag.closeAllConnections();
			await new Promise((resolve) => snag.close(resolve));
			await folder.remove();
		},
	};
}

/** A phone with touch below 768 px, else a desk with a mouse. */
export function viewportOf(width: number): Viewport {
	const isMobile = width < 768;
	return { width, height: isMobile ? 844 : 900, isMobile, hasTouch: isMobile };
}
