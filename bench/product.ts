// The built product in a process of its own with a fresh folder and one site, as the questions need it.
// It runs from a copy of the build, so that a rival's page can be put beside the viewer: the same
// server then answers both, without a hop in between.
import { cpSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../protocol/api.ts";
import { decodeChunk } from "../protocol/chunk.ts";
import { type SnagProcess, startSnag } from "../test/support/snag-process.ts";
import { createTempFolder } from "../test/support/temp-folder.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type RecordedSession, uploadSession } from "./sessions/upload-session.ts";

export const ORIGIN = "https://shop.example";
const DIST = fileURLToPath(new URL("../../dist", import.meta.url));
const COPY = "bench/product";
/** Meta and full snapshot stand beside the slices of what is finished. */
const START_EVENTS = 2;
const INDEXED_MS = 60_000;
const FINISHED_MS = 600_000;

export interface Product {
	process: SnagProcess;
	url: string;
	dataFolder: string;
	site: { id: string; key: string };
	/** Sends a session and waits until it can be read whole. */
	store(recorded: RecordedSession): Promise<void>;
	/** @returns whether the session was finished into a recording in time */
	waitUntilFinished(session: string, siteId?: string): Promise<boolean>;
	readManifest(session: string, siteId?: string): Promise<Manifest>;
	/** GET of the read API. */
	get(path: string): Promise<Response>;
	close(): Promise<void>;
}

export interface ProductOptions {
	env?: Record<string, string>;
	/** Script of the build that is started. */
	entry?: string;
	/** File name → text, served beside the viewer. */
	pages?: Record<string, string>;
}

export async function startProduct(options: ProductOptions = {}): Promise<Product> {
	const { env, pages = {}, entry = "server.js" } = options;
	copyBuild(pages);
	const folder = await createTempFolder("bench");
	const process = await startSnag({
		entry: `dist/${COPY}/${entry}`,
		dataFolder: folder.path,
		env,
	});
	const { url } = process;
	const headers = { authorization: `Bearer ${process.token}` };
	const get = (path: string) => fetch(`${url}/api/v1${path}`, { headers });
	const made = await fetch(`${url}/api/v1/sites`, {
		method: "POST",
		headers: { ...headers, "content-type": "application/json" },
		body: JSON.stringify({ name: "Shop", origins: [ORIGIN] }),
	});
	const site = (await made.json()) as Product["site"];
	const readManifest = async (session: string, siteId = site.id): Promise<Manifest> => {
		const response = await get(`/sites/${siteId}/sessions/${session}`);
		if (!response.ok) throw new Error(`the manifest was answered ${response.status}`);
		return (await response.json()) as Manifest;
	};
	const isWhole = async (session: string, count: number): Promise<boolean> => {
		const manifest = await readManifest(session).catch(() => undefined);
		return manifest !== undefined && countEvents(manifest) >= count - START_EVENTS;
	};
	return {
		...{ process, url, site, get, readManifest, dataFolder: folder.path },
		async store(recorded) {
			await uploadSession({ url, siteKey: site.key, origin: ORIGIN }, recorded.chunks);
			await waitFor(() => isWhole(recorded.id, countSent(recorded)), {
				what: "the session to be indexed",
				timeoutMs: INDEXED_MS,
			});
		},
		async waitUntilFinished(session, siteId = site.id) {
			const isFinished = async () => (await readManifest(session, siteId)).recording !== "";
			const limits = { what: "the session to be finished", timeoutMs: FINISHED_MS };
			return waitFor(isFinished, limits).then(
				() => true,
				() => false,
			);
		},
		async close() {
			await process.stop();
			await folder.remove();
		},
	};
}

function copyBuild(pages: Record<string, string>): void {
	const target = `${DIST}/${COPY}`;
	rmSync(target, { recursive: true, force: true });
	for (const name of readdirSync(DIST)) {
		if (name !== "bench") cpSync(`${DIST}/${name}`, `${target}/${name}`, { recursive: true });
	}
	for (const [name, text] of Object.entries(pages)) {
		writeFileSync(`${target}/viewer/${name}`, text);
	}
}

function countSent({ chunks }: RecordedSession): number {
	return chunks.reduce((sum, chunk) => sum + decodeChunk(chunk).envelope.events.count, 0);
}

function countEvents({ slices }: Manifest): number {
	return slices.reduce((sum, { events }) => sum + events, 0);
}
