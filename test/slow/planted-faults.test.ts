// Do the detectors find what is planted in the demo shop, and leave alone who met nothing? Visitors are sent through
// the product as it is built; who met what is read from what is stored (the variant `planted`), what was found is
// asked of the read API. The table is printed, with what was expected beside it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultId, type PlantedFault, plantedFaults } from "../../demo/faults.ts";
import type { Episode, SessionEpisodes } from "../../protocol/api.ts";
import { FACT_VARIANT } from "../../protocol/fact.ts";
import type { SeedResult } from "../../server/commands/seed-contract.ts";
import { findChromium } from "../support/debian-packages.ts";
import { killWithUs } from "../support/reaper.ts";
import { type SnagProcess, startSnag } from "../support/snag-process.ts";
import { describeWithBrowser } from "../support/suites.ts";
import { createTempFolder, type TempFolder } from "../support/temp-folder.ts";
import { waitFor } from "../support/wait-for.ts";
import { readSessions } from "./read-sessions.ts";

const VISITORS = Number(process.env.SNAG_VISITORS ?? 30);
const SEED = Number(process.env.SNAG_SEED ?? 11);
/** At 0.5 nobody comes but controls and those who are sent to a fault. */
const SHARE = process.env.SNAG_FAULT_SHARE ?? "0.5";
/** From here on an episode found with somebody who met nothing is a false alarm. */
const ALARM = 0.4;
const RUN_MS = 900_000;

/** Written before the first run: what each fault should be called by those who meet it. */
const EXPECTED: Readonly<Record<FaultId, string>> = {
	"dead-button": "rage, in all",
	"covered-buy-button": "quick_back of the list that the tab bar led to, in all; not of the button",
	"slow-coupon": "slow, in all; no rage at two presses",
	"quiet-sold-out": "dead_disabled, in all",
	"refused-postcode": "validation_loop of the postcode in all, “Place order” slow",
	"broken-size-guide": "error, and dead after it, in all",
	"late-crate-note": "shift, where the hand was in time",
	"empty-gift-wrapping": "quick_back, in all",
};

interface Found extends Episode {
	session: string;
	role: string;
}

describeWithBrowser("what is planted in the shop", () => {
	let folder: TempFolder;
	let snag: SnagProcess;
	let roles: Map<string, string>;
	let episodes: Found[];
	let result: SeedResult;

	beforeAll(async () => {
		folder = await createTempFolder("planted-faults");
		snag = await startSnag({ dataFolder: folder.path });
		result = await seed(snag.shopUrl);
		roles = await readRoles(folder.path);
		episodes = await readEpisodes(snag, roles);
		console.log(describeRun(result));
		console.log(describeFound(roles, episodes));
		console.log(describeAlarms(roles, episodes));
	}, RUN_MS);
	afterAll(async () => {
		await snag.stop();
		await folder.remove();
	});

	test("is met by as many visitors as were told, and the others by none", () => {
		expect(result.troubles).toEqual([]);
		const told = result.planted.map(({ fault, met }) => [fault, met]);
		expect(told).toEqual(plantedFaults.map(({ id }) => [id, sessionsOf(roles, id).length]));
		expect(result.controls).toBe(sessionsOf(roles, "control").length);
		expect(result.controls).toBeGreaterThan(VISITORS / 4);
	});

	test.each(plantedFaults)("$id is found with somebody who met it", (fault) => {
		expect(sessionsOf(roles, fault.id).length, "met").toBeGreaterThan(0);
		expect(foundWith(fault, roles, episodes).length).toBeGreaterThan(0);
	});

	test.each(plantedFaults)("nothing that is not planted stands above $id on its page", (fault) => {
		const page = toldOf(fault);
		const places = rankPlaces(episodes.filter((one) => matches(page, one.path)));
		const own = places.findIndex(({ episodes: of }) => of.some((one) => isOf(fault, one)));
		expect(own, JSON.stringify(places.map(nameOf))).toBeGreaterThanOrEqual(0);
		const above = places.slice(0, own).filter(({ episodes: of }) => !of.some(isPlanted));
		expect(above.map(nameOf)).toEqual([]);
	});
});

/** Every place of a page by the sum of what went wrong there. */
function rankPlaces(found: readonly Found[]) {
	const places = new Map<string, Found[]>();
	for (const one of found) {
		const { key } = one.element;
		places.set(key, [...(places.get(key) ?? []), one]);
	}
	return [...places]
		.map(([key, of]) => ({ key, episodes: of, sum: sum(of.map(({ severity }) => severity)) }))
		.sort((a, b) => b.sum - a.sum);
}

function nameOf({ key, sum: severity, episodes }: ReturnType<typeof rankPlaces>[number]): string {
	const kinds = [...new Set(episodes.map((one) => one.class))].join(" and ");
	return `${key || "the page"}: ${kinds}, ${severity.toFixed(2)} of ${episodes.length}`;
}

function isPlanted(episode: Found): boolean {
	return plantedFaults.some((fault) => isOf(fault, episode));
}

/** One of the kinds of the fault, on its page, on an element where it is felt. */
function isOf(fault: PlantedFault, { path, element, signals }: Episode): boolean {
	const isThere = fault.felt.length === 0 || fault.felt.some((end) => element.key.endsWith(end));
	const isKind = signals.some(({ kind }) => fault.kinds.some((one) => one === kind));
	return matches(toldOf(fault), path) && isThere && isKind;
}

function toldOf({ page, toldOf }: PlantedFault): string {
	return toldOf ?? page;
}

function matches(page: string, path: string): boolean {
	return page === "/product/:slug" ? path.startsWith("/product/") : path === page;
}

function foundWith(
	fault: PlantedFault,
	roles: ReadonlyMap<string, string>,
	episodes: readonly Found[],
): string[] {
	return sessionsOf(roles, fault.id).filter((session) =>
		episodes.some((one) => one.session === session && isOf(fault, one)),
	);
}

function sessionsOf(roles: ReadonlyMap<string, string>, role: string): string[] {
	return [...roles].filter(([, one]) => one === role).map(([session]) => session);
}

function describeRun({ visits, ms, controls, planted }: SeedResult): string {
	const met = planted.map((one) => `${one.met} ${one.fault}`).join(", ");
	return `Seed ${SEED}: ${visits} visitors in ${Math.round(ms / 1000)} s; met: ${met}; ${controls} controls.`;
}

function describeFound(roles: ReadonlyMap<string, string>, episodes: readonly Found[]): string {
	const rows = plantedFaults.map((fault) => {
		const met = sessionsOf(roles, fault.id);
		const found = foundWith(fault, roles, episodes);
		const of = episodes.filter((one) => met.includes(one.session) && isOf(fault, one));
		const kinds = countBy(
			of.flatMap(({ signals }) => [...new Set(signals.map(({ kind }) => kind))]),
		);
		return `| ${fault.id} | ${met.length} | ${found.length} | ${kinds} | ${EXPECTED[fault.id]} |`;
	});
	return ["| planted | met | found | as | expected |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** Everything found with those who met nothing or something else, the false alarms by name. */
function describeAlarms(roles: ReadonlyMap<string, string>, episodes: readonly Found[]): string {
	const controls = sessionsOf(roles, "control");
	const own = episodes.filter(({ session }) => controls.includes(session));
	const alarms = own.filter(({ severity }) => severity >= ALARM);
	const alarmed = new Set(alarms.map(({ session }) => session)).size;
	const others = episodes.filter((one) => one.role !== "control" && !isPlanted(one));
	const tell = (one: Found) =>
		`  ${one.role}: ${one.class} ${one.severity.toFixed(2)} at ${one.path}: ${one.sentence}`;
	return [
		`False alarms (severity from ${ALARM} on): ${alarmed} of ${controls.length} controls, ${alarms.length} episodes; weaker: ${own.length - alarms.length}.`,
		...own.map(tell),
		`Not planted, with the others: ${others.length}.`,
		...others.map(tell),
	].join("\n");
}

function countBy(kinds: readonly string[]): string {
	const names = [...new Set(kinds)];
	return names.map((name) => `${name} ${kinds.filter((kind) => kind === name).length}`).join(", ");
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((all, one) => all + one, 0);
}

async function seed(shopUrl: string): Promise<SeedResult> {
	const chrome = findChromium();
	const words = [
		"--visitors",
		String(VISITORS),
		"--seed",
		String(SEED),
		"--share",
		`fault=${SHARE}`,
	];
	const child = spawn(
		process.execPath,
		["dist/cli.js", "seed", "--shop", shopUrl, "--json", "--parallel", "4", ...words],
		{ env: { PATH: process.env.PATH, HOME: process.env.HOME, ...(chrome && { CHROME: chrome }) } },
	);
	killWithUs(child);
	const output = { stdout: "", stderr: "" };
	for (const name of ["stdout", "stderr"] as const) {
		child[name].setEncoding("utf8").on("data", (text: string) => {
			output[name] += text;
		});
	}
	const [code] = await once(child, "close");
	expect([code, output.stderr]).toEqual([0, output.stderr]);
	return JSON.parse(output.stdout) as SeedResult;
}

/** Session → what it was sent to. */
async function readRoles(dataFolder: string): Promise<Map<string, string>> {
	const roles = new Map<string, string>();
	for (const [session, { facts }] of await readSessions(dataFolder)) {
		for (const fact of facts) {
			if (fact[0] === FACT_VARIANT && fact[3] === "planted") roles.set(session, fact[4]);
		}
	}
	return roles;
}

async function readEpisodes(
	snag: SnagProcess,
	roles: ReadonlyMap<string, string>,
): Promise<Found[]> {
	const ask = async <T>(path: string): Promise<T | undefined> => {
		const headers = { authorization: `Bearer ${snag.token}` };
		const answer = await fetch(`${snag.url}/api/v1/sites/1/sessions${path}`, { headers });
		return answer.ok ? ((await answer.json()) as T) : undefined;
	};
	await waitFor(
		async () => {
			const list = await ask<{ sessions: unknown[] }>(`?limit=${VISITORS + 1}`);
			return list?.sessions.length === roles.size;
		},
		{ what: "all sessions in the list" },
	);
	const found = [...roles].map(async ([session, role]) => {
		const of = await ask<SessionEpisodes>(`/${session}/episodes`);
		if (of === undefined) throw new Error(`nothing is told of session ${session}`);
		return of.episodes.map((one) => ({ ...one, session, role }));
	});
	return (await Promise.all(found)).flat();
}
