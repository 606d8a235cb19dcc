// A whole server inside the test's own process: disk store in a fresh folder, embedded index from the
// build. Tests that kill or restart start the built product instead.
import { fileURLToPath } from "node:url";
import { parseConfig } from "../../server/config.ts";
import { type Server, serve } from "../../server/serve.ts";
import { NO_BUDGETS } from "../support/no-budgets.ts";
import { createTempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";

export const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
export const ORIGIN = "http://shop.example";

export interface TestServer {
	url: string;
	siteId: string;
	siteKey: string;
	dataFolder: string;
	server: Server;
	log: string[];
	post(
		body: Uint8Array,
		options?: { origin?: string | null; key?: string; query?: string },
	): Promise<Response>;
	/** GET of the read API, signed in. */
	get(path: string): Promise<Response>;
	/** Polls the read API until an answer is as wanted, and returns it. */
	getUntil<T>(path: string, isWanted: (answer: T) => boolean): Promise<T>;
	close(): Promise<void>;
}

export async function startTestServer(env: Record<string, string> = {}): Promise<TestServer> {
	const folder = await createTempFolder("server");
	const log: string[] = [];
	const config = parseConfig({ PORT: "0", SNAG_DATA: folder.path, ...NO_BUDGETS, ...env });
	const server = await serve({ config, distFolder: DIST, log: (line) => log.push(line) });
	await server.indexReady;
	const site = await server.sites.create({ name: "Shop", origins: [ORIGIN] });
	const { url, token } = server;
	const get = (path: string) =>
		fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });
	return {
		...{ url, server, log, get },
		siteId: String(site.id),
		siteKey: site.key,
		dataFolder: folder.path,
		post: (body, { origin = ORIGIN, key = site.key, query = "" } = {}) =>
			fetch(`${url}/i/${key}${query}`, {
				method: "POST",
				body: body as Uint8Array<ArrayBuffer>,
				headers: { "content-type": "text/plain", ...(origin === null ? {} : { origin }) },
			}),
		getUntil: async <T>(path: string, isWanted: (answer: T) => boolean): Promise<T> => {
			let answer: T | undefined;
			await waitFor(
				async () => {
					const response = await get(path);
					if (!response.ok) return false;
					answer = (await response.json()) as T;
					return isWanted(answer);
				},
				{ what: `the wanted answer of ${path}`, timeoutMs: 20_000 },
			);
			return answer as T;
		},
		async close() {
			await server.close();
			await folder.remove();
		},
	};
}
