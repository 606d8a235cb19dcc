// `snag export heatmap`: a map as a file, through the read API, so that it says what the viewer shows. Where no server
// runs, one is started that does nothing but answer, and on a port of its own.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { ErrorAnswer, Heatmap } from "../../protocol/api.ts";
import { heatmapToCsv } from "../../signals/heatmap-csv.ts";
import { parseConfig } from "../config.ts";
import { StartError } from "../errors.ts";
import { serve } from "../serve.ts";
import type { RunningServer } from "./ask-server.ts";
import type { ExportRequest } from "./parse-export.ts";
import { type CommandOptions, findOwnServer } from "./run-command.ts";
import { waitForEngine } from "./run-here.ts";

/** @returns the file's text, or what was written where it went to a file @throws StartError */
export async function exportHeatmap(
	env: Readonly<Record<string, string | undefined>>,
	request: ExportRequest,
	options: CommandOptions,
): Promise<{ text: string; heatmap: Heatmap }> {
	const heatmap = await readHeatmap(env, request, options);
	const file = formatHeatmap(heatmap, request);
	if (request.out === "") return { text: file, heatmap };
	try {
		await writeFile(request.out, file);
	} catch (error) {
		throw new StartError(`${request.out} cannot be written: ${(error as Error).message}`);
	}
	return { text: `${heatmap.elements.length} elements are in ${request.out}.`, heatmap };
}

function formatHeatmap(heatmap: Heatmap, { format, bins }: ExportRequest): string {
	return format === "json"
		? `${JSON.stringify(heatmap, null, "\t")}\n`
		: heatmapToCsv(heatmap, { bins });
}

async function readHeatmap(
	env: Readonly<Record<string, string | undefined>>,
	request: ExportRequest,
	{ report, log, signal }: CommandOptions,
): Promise<Heatmap> {
	const config = parseConfig(env);
	const running = await findOwnServer(config);
	if (running !== undefined) return askHeatmap(running, request, signal);
	report({ step: "starting the index", done: 0, total: 0 });
	const server = await serve({
		config: { ...config, host: "127.0.0.1", port: 0, url: undefined },
		distFolder: fileURLToPath(new URL(".", import.meta.url)),
		log,
		onlyAnswers: true,
	});
	try {
		await waitForEngine(server.engineReady, config);
		report({ step: "counting what is stored", done: 0, total: 0 });
		await server.indexReady;
		return await askHeatmap(server, request, signal);
	} finally {
		await server.close();
	}
}

/** @throws StartError with what the server said */
async function askHeatmap(
	{ url, token }: RunningServer,
	{ site, query }: ExportRequest,
	signal: AbortSignal,
): Promise<Heatmap> {
	const path = `/api/v1/sites/${encodeURIComponent(site)}/heatmap?${new URLSearchParams(query)}`;
	const answer = await fetch(url + path, {
		...{ headers: { authorization: `Bearer ${token}` }, signal },
	});
	if (answer.ok) return (await answer.json()) as Heatmap;
	const { error } = (await answer.json()) as ErrorAnswer;
	throw new StartError(error.message);
}
