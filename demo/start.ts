// What `npm start` runs: the server and, beside it, the demo shop, whose site is made at the first start.
import type { Config } from "../server/config.ts";
import { describeListenError } from "../server/listen.ts";
import { type Companion, runProcess } from "../server/process.ts";
import type { Server } from "../server/serve.ts";
import { startShop } from "./shop.ts";

const shop: Companion = async (server, config) => {
	const site = await findShopSite(server, config);
	try {
		const running = await startShop({
			host: config.host,
			port: config.demoPort,
			snagUrl: server.url,
			siteKey: site.key,
		});
		// 0.0.0.0 is an address to listen on, not one to visit.
		const url = running.url.replace(/\/\/(?:0\.0\.0\.0|\[::\])/, "//127.0.0.1");
		server.setShopUrl(url);
		console.log(`Demo shop: ${url}`);
		return running;
	} catch (error) {
		throw describeListenError(error, "DEMO_PORT", config.demoPort);
	}
};

/** Found again by an origin of the shop, so that a renamed one is not made twice. */
async function findShopSite(server: Server, config: Config) {
	const origins = [`http://localhost:${config.demoPort}`, `http://127.0.0.1:${config.demoPort}`];
	const sites = await server.sites.list();
	const known = sites.find((site) => site.origins.some((origin) => origins.includes(origin)));
	return known ?? createShopSite(server, origins);
}

/** Its twelve products are one page to whoever looks at their map, and no test of what is learned from many. */
async function createShopSite({ sites, pageRules }: Server, origins: string[]) {
	const site = await sites.create({ name: "Demo shop", origins });
	const rules = ["/product/:slug"];
	await pageRules.change(site.id, { version: 0, rules, rejected: [] }, "token");
	return site;
}

await runProcess([shop]);
