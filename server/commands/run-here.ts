// No server runs: the same parts, in this process, without a port.
import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import { StartError } from "../errors.ts";
import { type JobRequest, type JobResult, runJob } from "../lifecycle/jobs.ts";
import { openParts } from "../parts.ts";
import type { CommandOptions } from "./run-command.ts";

const ENGINE_MS = 45_000;

/** @throws StartError, ApiError, StoreError */
export async function runHere(
	config: Config,
	request: JobRequest,
	{ report, log, signal }: CommandOptions,
): Promise<JobResult> {
	const distFolder = fileURLToPath(new URL(".", import.meta.url));
	report({ step: "starting the index", done: 0, total: 0 });
	const parts = await openParts({ config, distFolder, now: Date.now, log });
	try {
		// What is missing is counted before anything is deleted by what the index knows.
		const isDetecting = request.job === "detect" && request.dryRun !== true;
		const withRepairs = isDetecting || request.job === "erase" || request.job === "sweep";
		parts.service.start({ withRepairs });
		await waitForEngine(parts.service.engineReady, config);
		if (!withRepairs) await parts.service.index.migrate();
		return await runJob(parts, request, { report, signal });
	} finally {
		await parts.close();
	}
}

/** @throws StartError where another process holds the index */
export async function waitForEngine(
	engineReady: Promise<void>,
	{ dataFolder }: Config,
): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => {
			reject(
				new StartError(
					`the index in ${dataFolder} cannot be opened: a server that runs with other addresses or tokens may hold it; set PORT, SNAG_URL and SNAG_ADMIN_TOKEN as it has them, or stop it`,
				),
			);
		}, ENGINE_MS);
	});
	try {
		await Promise.race([engineReady, late]);
	} finally {
		clearTimeout(timer);
	}
}
