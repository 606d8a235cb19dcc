// The process around a server: configuration from the environment, one clear line when it cannot start,
// the sign-in link, and an orderly end within five seconds of a signal.
import { type Config, parseConfig } from "./config.ts";
import { StartError } from "./errors.ts";
import { type Server, serve } from "./serve.ts";

const END_MS = 4500;
const INDEX_MS = 20_000;

/** Something that runs beside the server and ends with it. */
export type Companion = (server: Server, config: Config) => Promise<{ close(): Promise<void> }>;

export async function runProcess(companions: readonly Companion[] = []): Promise<void> {
	const closers: (() => Promise<void>)[] = [];
	let isEnding = false;
	const end = async (code: number): Promise<never> => {
		isEnding = true;
		setTimeout(() => process.exit(code), END_MS).unref();
		for (const close of closers.reverse()) await close().catch(() => {});
		process.exit(code);
	};
	for (const signal of ["SIGINT", "SIGTERM"] as const) {
		process.on(signal, () => {
			if (!isEnding) void end(0);
		});
	}

	try {
		const config = parseConfig(process.env);
		const log = (line: string) => console.error(line);
		const server = await serve({ config, log });
		closers.push(() => server.close());
		for (const companion of companions) {
			const running = await companion(server, config);
			closers.push(() => running.close());
		}
		await waitForIndex(server, log);
		if (isEnding) return;
		console.log(`Snag records and replays at ${server.url}`);
		console.log(`Sign in: ${server.url}/?token=${server.token}`);
	} catch (error) {
		if (!(error instanceof StartError)) throw error;
		console.error(`Snag cannot start. ${error.message}.`);
		await end(1);
	}
}

/** Recording does not need the index, so a slow one only delays the greeting. */
async function waitForIndex(server: Server, log: (line: string) => void): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const slow = new Promise<void>((resolve) => {
		timer = setTimeout(() => {
			log("The index is still starting: recording works, figures follow.");
			resolve();
		}, INDEX_MS);
	});
	await Promise.race([server.indexReady, slow]);
	clearTimeout(timer);
}
