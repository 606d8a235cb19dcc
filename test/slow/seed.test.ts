// `snag seed` as it is built, beside the product as `npm start` starts it: who came is asked of what is stored.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { VISIT_KINDS } from "../../demo/seeding/visit-kinds.ts";
import { FACT_LEAVE, FACT_PRESS, FACT_VARIANT, type Fact } from "../../protocol/fact.ts";
import { RELATIVE_MAX } from "../../protocol/limits.ts";
import type { SeedResult } from "../../server/commands/seed-contract.ts";
import { findChromium } from "../support/debian-packages.ts";
import { findFreePort } from "../support/free-port.ts";
import { killWithUs } from "../support/reaper.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { readSessions, type StoredSession } from "./read-sessions.ts";

const VISITORS = 6;
const AGAIN_MS = 1500;

describeWithBrowser("visitors that are sent through the shop", (browser) => {
	let folder: TempFolder;
	let snag: SnagProcess;
	let result: SeedResult;
	let sessions: Map<string, StoredSession>;

	beforeAll(async () => {
		folder = await createTempFolder("seed");
		snag = await startSnag({ dataFolder: folder.path });
		const words = ["--visitors", String(VISITORS), "--parallel", "6", "--seed", "3", "--json"];
		const { code, stdout, stderr } = await seed(snag.shopUrl, words).ended;
		expect(stderr).toContain(`Seed 3: ${VISITORS} visitors to ${snag.shopUrl}, 6 at once.`);
		expect([code, stderr]).toEqual([0, stderr]);
		result = JSON.parse(stdout);
		sessions = await readSessions(folder.path);
	});
	afterAll(async () => {
		await snag.stop();
		await folder.remove();
	});

	test("are all stored, one session each, of every kind and as planned", () => {
		expect(result).toMatchObject({ visits: VISITORS, sessions: VISITORS, troubles: [] });
		expect(result.kinds.map(({ kind }) => kind).sort()).toEqual([...VISIT_KINDS].sort());
		for (const { kind, visits, sessions } of result.kinds) {
			expect(visits, kind).toBeGreaterThan(0);
			expect(sessions, kind).toBe(visits);
		}
		const kinds = [...sessions.values()].map(({ facts }) => kindOf(facts));
		expect(sessions.size).toBe(VISITORS);
		expect(new Set(kinds)).toEqual(new Set(VISIT_KINDS));
	});

	test("say that a program drives them, and have said their last words", () => {
		for (const [id, { envelope, facts }] of sessions) {
			expect(envelope.automated, id).toBe(true);
			const leaves = facts.filter((fact) => fact[0] === FACT_LEAVE && fact[3] === "unload");
			const views = new Set(facts.map(([, , view]) => view));
			expect(leaves.length, `${kindOf(facts)} saw ${views.size} views`).toBeGreaterThan(0);
		}
	});

	test("are on phones with a finger and at desks with a mouse", () => {
		for (const { envelope, facts } of sessions.values()) {
			const isPhone = kindOf(facts) === "phone";
			expect(envelope.viewport[0] < 480).toBe(isPhone);
			expect(envelope.hints?.mobile).toBe(isPhone);
		}
	});

	test("press around the middle of things, not on it", () => {
		const presses = [...sessions.values()].flatMap(({ facts }) =>
			facts.filter((fact) => fact[0] === FACT_PRESS).sort((a, b) => a[1] - b[1]),
		);
		// A hand that presses again at once stays where it is.
		const aimed = presses.filter(([, at, , element], index) => {
			const before = presses[index - 1];
			return before?.[3] !== element || at - before[1] > AGAIN_MS;
		});
		const away = aimed.map(([, , , , x, y]) => Math.hypot(x - MIDDLE, y - MIDDLE) / RELATIVE_MAX);
		expect(aimed.length).toBeGreaterThan(20);
		expect(away.filter((share) => share > 0.05).length).toBeGreaterThan(aimed.length / 2);
		expect(new Set(aimed.map(([, , , , x, y]) => `${x} ${y}`)).size).toBeGreaterThan(
			aimed.length * 0.9,
		);
	});

	test("stand in the list with a badge", () =>
		browser().withPage(async ({ page }) => {
			await page.goto(snag.signInUrl);
			await waitFor(async () => (await page.$$(".session-simulated")).length === VISITORS, {
				what: "a badge on every session",
			});
			expect(await page.$$("[data-session]")).toHaveLength(VISITORS);
		}));

	test("leave when they are ended, and what they did is told", async () => {
		const run = seed(snag.shopUrl, ["--visitors", "50", "--seed", "3"]);
		await waitFor(() => run.output.stderr.includes("visiting 0/50"), {
			what: "the first visitors",
		});
		run.child.kill("SIGINT");
		const { code, stdout } = await run.ended;
		expect(code).toBe(1);
		expect(stdout).toMatch(/^\d+ of 50 visitors came in \d+ s; /);
		expect(stdout).toContain("Ended early");
		expect(stdout).toContain("--seed 3");
	});

	test("go nowhere but to the demo shop, and where none is they say what to do", async () => {
		const nowhere = `http://localhost:${await findFreePort()}`;
		const missing = await seed(nowhere, ["--visitors", "3"]).ended;
		expect([missing.code, missing.stdout]).toEqual([1, ""]);
		expect(missing.stderr).toContain(`no shop answers at ${nowhere}: run npm start first`);
		const other = await seed(snag.url, ["--visitors", "3"]).ended;
		expect(other.stderr).toContain(`what answers at ${snag.url} is not the demo shop of Snag`);
	});
});

const MIDDLE = RELATIVE_MAX / 2;

function seed(shopUrl: string, words: readonly string[]) {
	const chrome = findChromium();
	const child = spawn(process.execPath, ["dist/cli.js", "seed", "--shop", shopUrl, ...words], {
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...(chrome && { CHROME: chrome }) },
	});
	killWithUs(child);
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	const ended = once(child, "close").then(([code]) => ({ code: code as number, ...output }));
	return { child, output, ended };
}

function kindOf(facts: readonly Fact[]): string {
	const variant = facts.find((fact) => fact[0] === FACT_VARIANT);
	return variant?.[0] === FACT_VARIANT && variant[3] === "simulated" ? variant[4] : "";
}
