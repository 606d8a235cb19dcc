// What does a finished recording take, keyframes included? Beside the gzip of its events alone, as one
// file of lines, which is the least that one would keep of them.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { visitShop } from "../demo/visitor.ts";
import { launchBrowser } from "../test/support/browser.ts";
import { waitFor } from "../test/support/wait-for.ts";
import type { Bench, Figure, Tell } from "./figure.ts";
import { type Product, startProduct } from "./product.ts";
import {
	createDenseSession,
	createLongSession,
	createSession,
	LONG,
	type SessionOptions,
	type SessionSource,
} from "./sessions/create-session.ts";
import { recordSession } from "./sessions/upload-session.ts";

const SEED = 4711;
const HOUR_MS = 3_600_000;
const GZIP_LEVEL = 6;
const IDLE_SECONDS = 15;
const VISIT_MS = 60_000;

export const measureStoredBytes: Bench = async ({ tell, quick }) => {
	const env = { SNAG_IDLE_SECONDS: String(quick ? 2 : IDLE_SECONDS) };
	const product = await startProduct({ entry: "start.js", env });
	const small = (options: SessionOptions) =>
		createSession({ ...LONG, durationMs: 600_000, mutations: 500, moves: 500 }, options);
	const makers: [string, (options: SessionOptions) => SessionSource][] = quick
		? [["short", small]]
		: [
				["2 h", createLongSession],
				["dense", createDenseSession],
			];
	try {
		const figures: Figure[] = [];
		for (const [name, make] of makers) {
			const session = make({ seed: SEED, startedAt: Date.now() - 2.1 * HOUR_MS });
			const recorded = recordSession(session, SEED);
			await product.store(recorded);
			const { id } = recorded;
			figures.push(await compare(product, name, { site: product.site.id, id }, tell));
		}
		if (!quick) figures.push(await compare(product, "demo shop", await visit(product), tell));
		return figures;
	} finally {
		await product.close();
	}
};

interface Stored {
	site: string;
	id: string;
}

async function compare(product: Product, name: string, { site, id }: Stored, tell: Tell) {
	const path = `/sites/${site}/sessions/${id}`;
	const finished = await product.waitUntilFinished(id, site);
	if (!finished) tell(`${name}: was not finished`);
	const events = (await (await product.get(`${path}/events`)).json()) as unknown[];
	const lines = events.map((event) => JSON.stringify(event)).join("\n");
	const rival = gzipSync(lines, { level: GZIP_LEVEL }).length / 1000;
	const ours = finished ? (await findRecordingBytes(product.dataFolder, id)) / 1000 : Number.NaN;
	tell(`${name}: ${events.length} events, ${lines.length} bytes as JSON`);
	return {
		...{ question: `stored bytes, ${name} session`, unit: "KB", ours, rival },
		budget: { of: "ratio", is: "at most", value: 1.5 },
	} satisfies Figure;
}

/** Of its newest generation: the others are on their way out. */
async function findRecordingBytes(dataFolder: string, session: string): Promise<number> {
	const folder = join(dataFolder, "objects", "r");
	const names = await readdir(folder, { recursive: true });
	const own = names.filter((name) => name.includes(session) && name.endsWith(".rec"));
	const newest = own.sort((a, b) => generationOf(a) - generationOf(b)).at(-1);
	return newest === undefined ? Number.NaN : (await stat(join(folder, newest))).size;
}

function generationOf(name: string): number {
	return Number(/\.g(\d+)-/.exec(name)?.[1] ?? 0);
}

/** A visit of the demo shop by a real browser. */
async function visit(product: Product): Promise<Stored> {
	const { sites } = (await (await product.get("/sites")).json()) as {
		sites: { id: string; name: string }[];
	};
	const site = sites.find(({ name }) => name === "Demo shop")?.id ?? "";
	const opened = await launchBrowser();
	try {
		await opened.withPage(({ page }) =>
			visitShop({ page, shopUrl: product.process.shopUrl, pace: 0.2, seed: SEED }),
		);
	} finally {
		await opened.close();
	}
	const list = async () => {
		const answer = await product.get(`/sites/${site}/sessions`);
		return ((await answer.json()) as { sessions: { id: string }[] }).sessions[0]?.id;
	};
	return { site, id: await waitFor(list, { what: "the visit to be listed", timeoutMs: VISIT_MS }) };
}
