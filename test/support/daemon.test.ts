import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startDaemon } from "./daemon.ts";
import { createTempFolder, type TempFolder } from "./temp-folder.ts";
import { waitFor } from "./wait-for.ts";

let folder: TempFolder;
beforeEach(async () => {
	folder = await createTempFolder("daemon");
});
afterEach(() => folder.remove());

const start = (script: string) =>
	startDaemon({
		command: process.execPath,
		args: ["-e", script],
		logFile: join(folder.path, "log"),
	});

test("a program that ends unasked says how, with the end of its log", async () => {
	const daemon = start('console.error("the port is taken"); process.exit(3)');
	const wait = waitFor(() => false, { what: "nothing", signal: daemon.died });
	await expect(wait).rejects.toThrow("node ended (3); end of its log:\nthe port is taken");
});

test("a program that does not exist is an error, not a crash", async () => {
	const daemon = startDaemon({ command: "no-such-program", args: [], logFile: "/dev/null" });
	const wait = waitFor(() => false, { what: "nothing", signal: daemon.died });
	await expect(wait).rejects.toThrow("no-such-program did not start");
});

test("a program that ignores TERM is killed", async () => {
	const ready = join(folder.path, "ready");
	const daemon = start(`
		process.on("SIGTERM", () => {});
		require("node:fs").writeFileSync(${JSON.stringify(ready)}, "");
		setInterval(() => {}, 1000);
	`);
	await waitFor(() => existsSync(ready), { what: "the program to run" });
	await daemon.stop();
	expect(isAlive(daemon.pid)).toBe(false);
	expect(daemon.died.aborted).toBe(false);
});

test("daemons and their folder do not outlive a starter that was killed hard", async () => {
	const owned = join(folder.path, "owned");
	await mkdir(owned);
	const module = fileURLToPath(new URL("daemon.ts", import.meta.url));
	const starter = join(folder.path, "starter.mjs");
	await writeFile(starter, await bundle(module));
	const parent = spawn(process.execPath, [starter, owned], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	let printed = "";
	parent.stdout.on("data", (text) => {
		printed += text;
	});
	const pid = Number(await waitFor(() => /^\d+\n/.exec(printed)?.[0], { what: "the pid" }));
	expect(isAlive(pid)).toBe(true);
	parent.kill("SIGKILL");
	await waitFor(() => !isAlive(pid), { what: "the daemon to end" });
	await waitFor(() => !existsSync(owned), { what: "its folder to be removed" });
});

/** A script that starts a daemon from outside of vitest: it is this process that gets killed. */
async function bundle(module: string): Promise<string> {
	const { build } = await import("esbuild");
	const { outputFiles } = await build({
		stdin: {
			contents: `
				import { startDaemon } from ${JSON.stringify(module)};
				const folder = process.argv[2];
				const logFile = folder + "/log";
				const { pid } = startDaemon({ command: "sleep", args: ["600"], logFile, folder });
				console.log(pid);
				setInterval(() => {}, 1000);
			`,
			resolveDir: "/",
		},
		bundle: true,
		platform: "node",
		format: "esm",
		write: false,
	});
	return outputFiles[0]?.text ?? "";
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
