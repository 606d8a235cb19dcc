// The built product as a child process, started as `npm start` starts it: tests that use this see
// what a user sees, and may kill it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "./free-port.ts";
import { NO_BUDGETS } from "./no-budgets.ts";
import { killWithUs } from "./reaper.ts";
import { waitFor } from "./wait-for.ts";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const LAST_OUTPUT_MS = 500;
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SIGN_IN_LINK = /https?:\/\/[^\s"]+\/\?token=([^\s"]+)/;

export interface SnagOptions {
	/** Kept by the caller: starting again with the same folder is a restart. */
	dataFolder: string;
	/** The script to run, relative to the project. */
	entry?: string;
	/** Added to what is set here; may name PORT and DEMO_PORT to start on the same ports again. */
	env?: Record<string, string>;
	/** False gives the process at once; `ready()` can be awaited later. */
	waitUntilReady?: boolean;
}

export interface SnagProcess {
	pid: number;
	url: string;
	shopUrl: string;
	/** From the printed sign-in link; throws while none was printed. */
	readonly token: string;
	readonly signInUrl: string;
	/** Resolves when the sign-in link is printed and /readyz answers 200. */
	ready(): Promise<void>;
	/** Everything printed so far, stdout and stderr as they came. */
	output(): string;
	exited: Promise<SnagExit>;
	/** SIGINT, as Ctrl-C sends it; throws when the process is still there after 30 s. */
	stop(): Promise<{ code: number | null; ms: number }>;
	/** SIGKILL; resolves when the process is gone. */
	kill(): Promise<void>;
}

export interface SnagExit {
	code: number | null;
	signal: NodeJS.Signals | null;
}

export async function startSnag(options: SnagOptions): Promise<SnagProcess> {
	const { entry = "dist/start.js", dataFolder, env, waitUntilReady = true } = options;
	const port = env?.PORT ?? String(await findFreePort());
	const shopPort = env?.DEMO_PORT ?? String(await findFreePort());
	const child = spawn(process.execPath, [entry], {
		cwd: ROOT,
		env: {
			...inheritedEnvironment(),
			...NO_BUDGETS,
			SNAG_DATA: dataFolder,
			...env,
			PORT: port,
			DEMO_PORT: shopPort,
		},
		stdio: ["ignore", "pipe", "pipe"],
	});
	killWithUs(child);
	const snag = watchProcess(child, `http://localhost:${port}`, `http://localhost:${shopPort}`);
	try {
		if (waitUntilReady) await snag.ready();
	} catch (error) {
		await snag.kill();
		throw error;
	}
	return snag;
}

/** A developer's own settings must not reach the product under test. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
	const isOurs = (name: string) => name.startsWith("SNAG_") || /^(HOST|PORT|DEMO_PORT)$/.test(name);
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name)));
}

function watchProcess(child: ChildProcess, url: string, shopUrl: string): SnagProcess {
	let output = "";
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8").on("data", (text: string) => {
			output += text;
		});
	}
	const gone = new AbortController();
	const exited = new Promise<SnagExit>((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", async (code, signal) => {
			// The last of the output comes just after; the index, a child of the child, may hold the
			// pipe open for longer.
			await Promise.race([once(child, "close"), delay(LAST_OUTPUT_MS)]);
			gone.abort(new Error(`snag ended (${code ?? signal})`));
			resolve({ code, signal });
		});
	});
	const findLink = () => SIGN_IN_LINK.exec(output);
	const readLink = (part: 0 | 1) => {
		const text = findLink()?.[part];
		if (!text) throw new Error(`no sign-in link was printed; the output is:\n${output}`);
		return text;
	};
	return {
		pid: child.pid ?? -1,
		url,
		shopUrl,
		get token() {
			return decodeURIComponent(readLink(1));
		},
		get signInUrl() {
			return readLink(0);
		},
		output: () => output,
		exited,
		ready: () =>
			waitUntilUp(url, findLink, gone.signal).catch((error) => {
				throw new Error(`${error.message}; snag printed:\n${output}`);
			}),
		stop: () => stopProcess(child, exited, () => output),
		async kill() {
			child.kill("SIGKILL");
			await exited;
		},
	};
}

async function waitUntilUp(url: string, findLink: () => unknown, signal: AbortSignal) {
	const limits = { timeoutMs: START_TIMEOUT_MS, signal };
	await waitFor(findLink, { ...limits, what: "snag to print its sign-in link" });
	await waitFor(async () => (await fetch(`${url}/readyz`)).status === 200, {
		...limits,
		what: `200 from ${url}/readyz`,
	});
}

async function stopProcess(child: ChildProcess, exited: Promise<SnagExit>, output: () => string) {
	const before = performance.now();
	child.kill("SIGINT");
	let late = false;
	const timer = setTimeout(() => {
		late = true;
		child.kill("SIGKILL");
	}, STOP_TIMEOUT_MS);
	const { code } = await exited;
	clearTimeout(timer);
	if (late) throw new Error(`snag did not stop in ${STOP_TIMEOUT_MS} ms; it printed:\n${output()}`);
	return { code, ms: Math.round(performance.now() - before) };
}
