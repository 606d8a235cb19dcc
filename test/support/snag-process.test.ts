import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type SnagProcess, startSnag } from "./snag-process.ts";
import { createTempFolder, type TempFolder } from "./temp-folder.ts";

// A stand-in that keeps the contract of the product: it is this file's subject that is tested, and
// the journeys use it with the real one.
const STAND_IN = `
import { createServer } from "node:http";
import { writeFileSync } from "node:fs";
const { PORT, DEMO_PORT, SNAG_DATA, SNAG_LOG_LEVEL, SNAG_FOREIGN } = process.env;
writeFileSync(SNAG_DATA + "/seen.json", JSON.stringify({ PORT, DEMO_PORT, SNAG_LOG_LEVEL, SNAG_FOREIGN }));
let asked = 0;
createServer((request, response) => {
	response.statusCode = request.url === "/readyz" && ++asked > 2 ? 200 : 503;
	response.end();
}).listen(PORT, "127.0.0.1");
console.log("Sign in:  http://localhost:" + PORT + "/?token=t0ken-%2B");
console.error("a warning");
process.once("SIGINT", () => process.exit(0));
`;

let folder: TempFolder;
let started: SnagProcess[] = [];
beforeEach(async () => {
	folder = await createTempFolder("process");
});
afterEach(async () => {
	for (const snag of started) await snag.kill();
	started = [];
	await folder.remove();
});

async function start(script: string, options: { env?: Record<string, string> } = {}) {
	const entry = join(folder.path, "start.mjs");
	const dataFolder = join(folder.path, "data");
	await mkdir(dataFolder, { recursive: true });
	await writeFile(entry, script);
	const snag = await startSnag({ entry, dataFolder, ...options });
	started.push(snag);
	return snag;
}

test("is ready when the link is printed and /readyz answers 200", async () => {
	const snag = await start(STAND_IN);
	expect((await fetch(`${snag.url}/readyz`)).status).toBe(200);
	expect(snag.signInUrl).toBe(`${snag.url}/?token=t0ken-%2B`);
	expect(snag.token).toBe("t0ken-+");
	expect(snag.output()).toContain("a warning");
});

test("hands over its ports and settings, and none of the developer's own", async () => {
	process.env.SNAG_FOREIGN = "leaked";
	const snag = await start(STAND_IN, { env: { SNAG_LOG_LEVEL: "debug" } });
	delete process.env.SNAG_FOREIGN;
	expect(JSON.parse(await readFile(join(folder.path, "data/seen.json"), "utf8"))).toEqual({
		PORT: new URL(snag.url).port,
		DEMO_PORT: new URL(snag.shopUrl).port,
		SNAG_LOG_LEVEL: "debug",
	});
});

test("stop is a SIGINT and tells the exit code", async () => {
	const { code, ms } = await (await start(STAND_IN)).stop();
	expect(code).toBe(0);
	expect(ms).toBeGreaterThanOrEqual(0);
});

test("kill is a SIGKILL, and the same ports can be used again", async () => {
	const snag = await start(STAND_IN);
	await snag.kill();
	expect(await snag.exited).toEqual({ code: null, signal: "SIGKILL" });
	const again = await start(STAND_IN, { env: { PORT: new URL(snag.url).port } });
	expect(again.url).toBe(snag.url);
});

test("a start that fails tells the exit code and what was printed", async () => {
	const start7 = start('console.error("SNAG_STORAGE is not a URL"); process.exitCode = 7');
	await expect(start7).rejects.toThrow(
		/snag ended \(7\); snag printed:\nSNAG_STORAGE is not a URL/,
	);
});

test("without waiting, the link is asked for too early", async () => {
	const entry = join(folder.path, "start.mjs");
	await writeFile(entry, "setInterval(() => {}, 1000)");
	const options = { entry, dataFolder: folder.path, waitUntilReady: false };
	const snag = await startSnag(options);
	started.push(snag);
	expect(() => snag.token).toThrow("no sign-in link was printed");
});
