#!/usr/bin/env node
// `snag`: the server and the work around it, from a shell. Results go to stdout, everything else to stderr.
// Ends with 0, with 1 where something failed or a doctor found a problem, with 2 where it was called wrongly.
import { COMMANDS, type Command, HELP, parseCommandLine } from "./commands/command-line.ts";
import { describeResult } from "./commands/describe-result.ts";
import { exportHeatmap } from "./commands/export-heatmap.ts";
import { UsageError } from "./commands/parse-options.ts";
import { createProgressLine, type ProgressLine } from "./commands/progress-line.ts";
import { runCommand } from "./commands/run-command.ts";
import { describeSeed, runSeed } from "./commands/seed.ts";
import { ApiError, StartError, StoreError } from "./errors.ts";
import { runProcess } from "./process.ts";

/** What a command came to: for people, as it is, and whether all went well. */
interface Outcome {
	text: string;
	result: object;
	isHealthy: boolean;
}

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
		return await runWork(command);
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

async function runWork(command: Exclude<Command, { name: "serve" | "help" }>): Promise<number> {
	const line = createProgressLine(process.stderr, () => performance.now());
	const gone = new AbortController();
	process.once("SIGINT", () => gone.abort(new StartError("ended; what is done stays done")));
	try {
		const { text, result, isHealthy } = await work(command, line, gone.signal);
		line.clear();
		const isJson = "isJson" in command && command.isJson;
		const output = isJson ? JSON.stringify(result, null, "\t") : text;
		process.stdout.write(output.endsWith("\n") ? output : `${output}\n`);
		return isHealthy ? 0 : 1;
	} finally {
		line.clear();
	}
}

async function work(
	command: Exclude<Command, { name: "serve" | "help" }>,
	{ report, log }: ProgressLine,
	signal: AbortSignal,
): Promise<Outcome> {
	if (command.name === "job") {
		const done = await runCommand(process.env, command.request, { report, log, signal });
		return { text: describeResult(done), result: done.result, isHealthy: done.isHealthy };
	}
	if (command.name === "export") {
		const { text, heatmap } = await exportHeatmap(process.env, command.request, {
			...{ report, log, signal },
		});
		return { text, result: heatmap, isHealthy: true };
	}
	const result = await runSeed(command.request, { env: process.env, report, log, signal });
	const isHealthy = result.sessions === result.visitors;
	return { text: describeSeed(result), result, isHealthy };
}
