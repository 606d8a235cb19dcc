// A server that cannot start says so in one line that tells what to do, and exits with 1.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../server/config.ts";
import { startFaultS3 } from "../support/fault-s3.ts";
import { findFreePort } from "../support/free-port.ts";
import { startSnag } from "../support/snag-process.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { s3Environment } from "./s3-storage.ts";

let folder: TempFolder;
beforeAll(async () => {
	folder = await createTempFolder("start");
});
afterAll(() => folder.remove());

async function startAndFail(env: Record<string, string>, dataFolder = join(folder.path, "data")) {
	const snag = await startSnag({ entry: "dist/server.js", dataFolder, env, waitUntilReady: false });
	const { code } = await snag.exited;
	return { code, lines: snag.output().trim().split("\n") };
}

describe("one clear line and exit code 1", () => {
	test("when the port is in use", async () => {
		const blocker = createServer().listen(0, "127.0.0.1");
		await new Promise((resolve) => blocker.once("listening", resolve));
		const { port } = blocker.address() as { port: number };
		const { code, lines } = await startAndFail({ PORT: String(port) });
		blocker.close();
		expect(code).toBe(1);
		expect(lines).toEqual([
			`Snag cannot start. Port ${port} is in use: stop the program that has it or set PORT.`,
		]);
	});

	test("when the data folder cannot be written", async () => {
		// A file in its place cannot be written to as a folder, not even by root.
		const path = join(folder.path, "a-file");
		await writeFile(path, "");
		const { code, lines } = await startAndFail({}, join(path, "data"));
		expect(code).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(
			/The data folder .* cannot be used .*: make it writable or set SNAG_DATA/,
		);
	});

	test("when the objects' folder cannot be written", async () => {
		const path = join(folder.path, "another-file");
		await writeFile(path, "");
		const { code, lines } = await startAndFail({ SNAG_STORAGE: `file:${path}/objects` });
		expect(code).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(/cannot be written to .*: make the folder writable or set SNAG_DATA/);
	});

	test("when the bucket does not exist or the keys are wrong", async () => {
		const s3 = await startFaultS3();
		const missing = await startAndFail(s3Environment({ ...s3, bucket: "not-there" }));
		const wrongKey = await startAndFail(s3Environment({ ...s3, secretAccessKey: "wrong" }));
		await s3.stop();
		expect([missing.code, missing.lines.length]).toEqual([1, 1]);
		expect(missing.lines[0]).toMatch(/answers NoSuchBucket: create the bucket/);
		expect([wrongKey.code, wrongKey.lines.length]).toEqual([1, 1]);
		expect(wrongKey.lines[0]).toMatch(/SignatureDoesNotMatch: check AWS_SECRET_ACCESS_KEY/);
	});

	test("when the embedded index does not ship for the platform", async () => {
		// The engine's package is hidden from the child, as it is on a platform without one.
		const hook = join(folder.path, "no-engine.cjs");
		await writeFile(
			hook,
			`const Module = require("node:module"); const load = Module._load;
			Module._load = (name, ...rest) => {
				if (name.startsWith("@chdb/")) throw Object.assign(new Error("none"), { code: "MODULE_NOT_FOUND" });
				return load(name, ...rest);
			};`,
		);
		const { code, lines } = await startAndFail({ NODE_OPTIONS: `--require=${hook}` });
		expect(code).toBe(1);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toMatch(
			/embedded index does not ship for .*: use Linux with glibc or macOS, or set SNAG_CLICKHOUSE_URL/,
		);
	});

	test("when several settings are wrong, naming all of them", async () => {
		const { code, lines } = await startAndFail({ SNAG_STORAGE: "ftp://x", SNAG_URL: "here" });
		expect([code, lines.length]).toEqual([1, 1]);
		expect(lines[0]).toMatch(/SNAG_URL=here is wrong: .*SNAG_STORAGE=ftp:\/\/x is wrong/);
	});
});

test("Ctrl-C ends npm start in order: exit code 0 within five seconds, whoever gets the signal", async () => {
	for (const toGroup of [false, true]) {
		const env = {
			...process.env,
			PORT: String(await findFreePort()),
			DEMO_PORT: String(await findFreePort()),
			SNAG_DATA: join(folder.path, "npm-start"),
		};
		const npm = spawn("npm", ["start"], {
			env,
			detached: true,
			stdio: ["ignore", "pipe", "inherit"],
		});
		const exited = once(npm, "exit");
		let output = "";
		npm.stdout.on("data", (text: Buffer) => {
			output += text;
		});
		await waitFor(() => /token=/.test(output), { what: "the sign-in link", timeoutMs: 60_000 });
		const signalledAt = performance.now();
		process.kill(toGroup ? -(npm.pid ?? 0) : (npm.pid ?? 0), "SIGINT");
		expect(await exited).toEqual([0, null]);
		expect(performance.now() - signalledAt).toBeLessThan(5000);
		for (const port of [env.PORT, env.DEMO_PORT]) {
			await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
		}
	}
});

test("the configuration reads every documented storage form", () => {
	const storage = (text: string) => parseConfig({ SNAG_STORAGE: text }).storage;
	expect(storage("file:/srv/objects")).toEqual({ kind: "disk", folder: "/srv/objects" });
	expect(storage("file:///srv/objects")).toEqual({ kind: "disk", folder: "/srv/objects" });
	expect(storage("s3://bucket")).toMatchObject({
		kind: "s3",
		bucket: "bucket",
		prefix: "",
		pathStyle: false,
	});
	expect(
		storage("s3://bucket/a/b/?region=eu-1&endpoint=http://127.0.0.1:9000&pathStyle=true"),
	).toEqual({
		kind: "s3",
		bucket: "bucket",
		prefix: "a/b/",
		region: "eu-1",
		endpoint: "http://127.0.0.1:9000",
		pathStyle: true,
	});
});
