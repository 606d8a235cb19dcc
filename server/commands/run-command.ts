// Who does the work: the server that runs with this configuration, or this process where none does. The
// folder of the embedded index can be held by one process only.
import { type Config, parseConfig } from "../config.ts";
import { readKeptToken } from "../control/settings.ts";
import type { JobOptions, JobRequest, JobResult } from "../lifecycle/jobs.ts";
import { askServer, findServer, type RunningServer } from "./ask-server.ts";
import { runHere } from "./run-here.ts";

export interface CommandOptions extends JobOptions {
	log: (line: string) => void;
	signal: AbortSignal;
}

/** @throws StartError, ApiError, StoreError */
export async function runCommand(
	env: Readonly<Record<string, string | undefined>>,
	request: JobRequest,
	options: CommandOptions,
): Promise<JobResult> {
	const config = parseConfig(env);
	const server = await findOwnServer(config);
	if (server !== undefined) return askServer(server, request, options);
	return runHere(config, request, options);
}

/** The server that runs with this configuration, undefined where none does. */
export async function findOwnServer(config: Config): Promise<RunningServer | undefined> {
	return findServer(addressesOf(config), await readTokens(config));
}

/** On this machine first: the public address may lead through a proxy that cuts long answers. */
function addressesOf({ host, port, url }: Config): string[] {
	const local = ["0.0.0.0", "::", "[::]"].includes(host) ? "127.0.0.1" : host;
	return [`http://${local}:${port}`, ...(url === undefined ? [] : [url])];
}

async function readTokens({ adminToken, dataFolder }: Config): Promise<string[]> {
	const kept = await readKeptToken(dataFolder);
	return [adminToken, kept].filter((token) => token !== undefined);
}
