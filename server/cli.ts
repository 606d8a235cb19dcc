#!/usr/bin/env node
// `snag`: the server and the work around it, from a shell. Results go to stdout, everything else to stderr.
// Ends with 0, with 1 where something failed or a doctor found a problem, with 2 where it was called wrongly.
import {
	COMMANDS,
	type Command,
	HELP,
	parseCommandLine,
	UsageError,
} from "./commands/command-line.ts";
import { describeResult } from "./commands/describe-result.ts";
import { createProgressLine } from "./commands/progress-line.ts";
import { runCommand } from "./commands/run-command.ts";
import { ApiError, StartError, StoreError } from "./errors.ts";
import { runProcess } from "./process.ts";

process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<number> {
	try {
		const command = parseCommandLine(words);
		if (command.name === "help") {
			console.log(HELP);
			return 0;
		}
		if (command.name === "serve") {
			await runProcess();
			return 0;
		}
		return await runJobCommand(command);
	} catch (error) {
		if (error instanceof UsageError) {
			console.error(`${error.message}\n\nCommands: ${COMMANDS.join(", ")}. snag help says more.`);
			return 2;
		}
		const isOurs =
			error instanceof StartError || error instanceof ApiError || error instanceof StoreError;
		console.error(`snag: ${isOurs ? error.message : String(error)}`);
		return 1;
	}
}

async function runJobCommand(command: Extract<Command, { name: "job" }>): Promise<number> {
	const line = createProgressLine(process.stderr, () => performance.now());
	const gone = new AbortController();
	process.once("SIGINT", () => gone.abort(new StartError("ended; what is done stays done")));
	try {
		const done = await runCommand(process.env, command.request, {
			report: line.report,
			log: line.log,
			signal: gone.signal,
		});
		line.clear();
		console.log(command.isJson ? JSON.stringify(done.result, null, "\t") : describeResult(done));
		return done.isHealthy ? 0 : 1;
	} finally {
		line.clear();
	}
}
