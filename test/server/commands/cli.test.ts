// `snag` as it is built and installed: beside a running server it asks that one, alone it does the work itself.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Heatmap, Sites } from "../../../protocol/api.ts";
import type { Examination } from "../../../server/lifecycle/doctor.ts";
import type { Receipt } from "../../../server/lifecycle/receipt.ts";
import { heatmapToCsv } from "../../../signals/heatmap-csv.ts";
import { findFreePort } from "../../support/free-port.ts";
import { type SnagProcess, startSnag } from "../../support/snag-process.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { waitFor } from "../../support/wait-for.ts";
import {
	createElementFact,
	createPageFact,
	createPressFact,
	createSampleChunk,
	createSampleSession,
} from "../sample-chunk.ts";
import { ORIGIN } from "../start-server.ts";

let folder: TempFolder;
let port: string;
let snag: SnagProcess;
let site: { id: string; key: string };
const sessions = [createSampleSession(), createSampleSession()] as const;

const dataFolder = () => join(folder.path, "data");

beforeAll(async () => {
	folder = await createTempFolder("cli");
	port = String(await findFreePort());
	const env = { PORT: port };
	snag = await startSnag({ entry: "dist/server.js", dataFolder: dataFolder(), env });
	const api = (path: string, body?: object) =>
		fetch(`${snag.url}/api/v1${path}`, {
			...(body && { method: "POST", body: JSON.stringify(body) }),
			headers: {
				authorization: `Bearer ${snag.token}`,
				...(body && { "content-type": "application/json" }),
			},
		});
	site = await (await api("/sites", { name: "Shop", origins: [ORIGIN] })).json();
	for (const session of sessions) {
		const facts = [createPageFact(session), createElementFact(session), createPressFact(session)];
		const body = createSampleChunk(session, { facts });
		const { status } = await fetch(`${snag.url}/i/${site.key}`, {
			method: "POST",
			body: body as Uint8Array<ArrayBuffer>,
			headers: { origin: ORIGIN },
		});
		expect(status).toBe(204);
	}
	const listed = async () =>
		((await (await api(`/sites/${site.id}/sessions`)).json()) as { sessions: object[] }).sessions;
	await waitFor(async () => (await listed()).length === 2, { what: "two sessions" });
});
afterAll(async () => {
	await snag.kill();
	await folder.remove();
});

async function run(...words: string[]) {
	const env = { PATH: process.env.PATH, SNAG_DATA: dataFolder(), PORT: port };
	const child = spawn(process.execPath, ["dist/cli.js", ...words], { env });
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	const [code] = (await once(child, "close")) as [number];
	return { code, ...output };
}

test("beside a server the doctor asks it, in words and as JSON", async () => {
	const [inWords, asJson] = await Promise.all([run("doctor"), run("doctor", "--json")]);
	expect(inWords.stdout).toMatch(/^ok {7}store: .* writes, reads, lists and deletes/);
	expect(inWords.stderr).toContain("looking at the index");
	expect(inWords.stderr).not.toContain("starting the index");
	const { findings, problems } = JSON.parse(asJson.stdout) as Examination;
	expect(asJson.code).toBe(problems > 0 ? 1 : 0);
	expect(inWords.code).toBe(inWords.stdout.includes("\nPROBLEM") ? 1 : 0);
	expect(findings.find(({ check }) => check === "packs")).toMatchObject({
		found: "2 are stored and counted",
	});
});

test("beside a server a map is exported as a table and as JSON, to a file where one is named", async () => {
	const words = ["export", "heatmap", "--site", site.id, "--page", "/products"];
	const file = join(folder.path, "map.csv");
	const [table, json, written] = await Promise.all([
		run(...words, "--unit", "all"),
		run(...words, "--unit", "all", "--format", "json"),
		run(...words, "--unit", "all", "--bins", "--out", file),
	]);
	const [head, line, end] = table.stdout.split("\r\n");
	expect([table.code, table.stderr, end]).toEqual([0, "", ""]);
	expect(head).toMatch(/^key,name,role,tag,presses,sessions,views,exposed_views,rate,lower,upper$/);
	expect(line).toMatch(/,Buy,button,button,2,2,\d+,\d+,/);
	const map = JSON.parse(json.stdout) as Heatmap;
	expect(map).toMatchObject({ page: "/products", presses: 2, unit: "all" });
	expect(written.stdout).toBe(`1 elements are in ${file}.\n`);
	expect(await readFile(file, "utf8")).toBe(heatmapToCsv(map, { bins: true }));
});

test("what the map is asked wrongly for is said by whoever knows", async () => {
	const words = ["export", "heatmap", "--page", "/products"];
	const [unknown, kind] = await Promise.all([
		run(...words, "--site", "99"),
		run(...words, "--site", site.id, "--kind", "love"),
	]);
	expect([unknown.code, unknown.stderr]).toEqual([1, "snag: there is no site 99\n"]);
	expect(kind.code).toBe(1);
	expect(kind.stderr).toContain("kind must be equal to one of the allowed values");
});

test("beside a server detectors are asked what they would find in what is over", async () => {
	const [words, site] = await Promise.all([
		run("detect", "--dry-run"),
		run("detect", "--site", "99", "--dry-run"),
	]);
	expect(words.stdout).toMatch(/^0 sessions were judged by detectors@\d+, 0 of them otherwise/);
	expect(words.stdout).toContain("Nothing was written.");
	expect([site.code, site.stderr]).toEqual([1, "snag: there is no site 99\n"]);
});

test("beside a server an erasure is in force in it at once, and the receipt is printed", async () => {
	const [{ session, visitor }] = sessions;
	const done = await run("erase", "--site", site.id, "--visitor", visitor, "--json");
	expect(done.code).toBe(0);
	const receipt = JSON.parse(done.stdout) as Receipt;
	expect(receipt).toMatchObject({ subject: visitor, sessions: [session], counts: { chunks: 1 } });
	const path = `${snag.url}/api/v1/sites/${site.id}/sessions/${session}`;
	const answer = await fetch(path, { headers: { authorization: `Bearer ${snag.token}` } });
	expect(answer.status).toBe(404);
});

test("what cannot be done ends with 1, what was called wrongly with 2", async () => {
	const unknown = await run("erase", "--site", "99", "--visitor", "a".repeat(32));
	expect([unknown.code, unknown.stderr]).toEqual([1, "snag: there is no site 99\n"]);
	const wrong = await run("fly");
	expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
	expect(wrong.stderr).toMatch(
		/There is no command fly\.\s+Commands: serve, seed, export, reindex, detect, erase/,
	);
});

test("without a server the same work is done here, and what was erased stays so", async () => {
	await snag.stop();
	const words = ["export", "heatmap", "--site", site.id, "--page", "/products"];
	const table = await run(...words, "--unit", "all");
	expect(table.stderr).toContain("counting what is stored");
	expect([table.code, table.stdout]).toEqual([0, expect.stringMatching(/,Buy,button,button,1,1,/)]);
	const detected = await run("detect", "--since", "7d", "--json");
	expect(JSON.parse(detected.stdout)).toMatchObject({ sessions: 0, changed: 0, kinds: {} });
	const fresh = await run("reindex", "--fresh");
	expect([fresh.code, fresh.stdout]).toEqual([0, "1 objects with 1 chunks were counted.\n"]);
	expect(fresh.stderr).toContain("starting the index");
	const [, { session }] = sessions;
	const erased = await run("erase", "--site", site.id, "--session", session);
	expect(erased.stdout).toMatch(/^Erased: session .*\nSessions: 1\. 1 chunks, 1 packs/);

	snag = await startSnag({
		...{ entry: "dist/server.js", dataFolder: dataFolder() },
		env: { PORT: port },
	});
	const get = async (path: string) =>
		(
			await fetch(`${snag.url}/api/v1${path}`, {
				headers: { authorization: `Bearer ${snag.token}` },
			})
		).json();
	expect(((await get("/sites")) as Sites).sites).toHaveLength(1);
	expect(await get(`/sites/${site.id}/sessions`)).toMatchObject({ sessions: [] });
});
