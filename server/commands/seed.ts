// `snag seed`: loads what drives visitors from beside this file and gives it what it needs. Nothing of a running
// server is asked: visitors come to the shop as people do.
import { randomInt } from "node:crypto";
import { parseConfig } from "../config.ts";
import { StartError } from "../errors.ts";
import type { Report } from "../lifecycle/progress.ts";
import type { SeedModule, SeedResult } from "./seed-contract.ts";

export interface SeedRequest {
	visitors: number;
	parallel: number;
	seed?: number;
	faultShare?: number;
	shop?: string;
}

export interface SeedCommandOptions {
	env: Readonly<Record<string, string | undefined>>;
	report: Report;
	log: (line: string) => void;
	signal: AbortSignal;
}

const LARGEST_SEED = 2 ** 32;
const SHOWN_TROUBLES = 5;

/** @throws StartError */
export async function runSeed(
	request: SeedRequest,
	{ env, report, log, signal }: SeedCommandOptions,
): Promise<SeedResult> {
	const { visitors, parallel, faultShare, seed = randomInt(LARGEST_SEED) } = request;
	const shopUrl = request.shop ?? `http://localhost:${parseConfig(env).demoPort}`;
	const { findBrowser, seedShop } = await loadSeeding();
	const browserPath = findBrowser(env);
	if (browserPath === undefined) {
		throw new StartError(
			"visitors need a Chromium or Chrome, and none is on this machine: install one (apt install chromium, or Chrome's own installer), or name it with CHROME=/path/to/chrome",
		);
	}
	log(`Seed ${seed}: ${visitors} visitors to ${shopUrl}, ${parallel} at once.`);
	try {
		return await seedShop({
			...{ shopUrl, visitors, parallel, seed, browserPath, report, signal },
			...(faultShare !== undefined && { faultShare }),
			now: Date.now,
		});
	} catch (error) {
		throw new StartError(error instanceof Error ? error.message : String(error));
	}
}

export function describeSeed(result: SeedResult): string {
	const { seed, visits, visitors, sessions, uploads, kinds, troubles, ms, isEnded } = result;
	const seconds = Math.round(ms / 1000);
	const lines = [
		`${visits} of ${visitors} visitors came in ${seconds} s; ${sessions} sessions with ${uploads} uploads are stored, marked as simulated.`,
		...kinds
			.filter((kind) => kind.visits > 0)
			.map((kind) => `${String(kind.visits).padStart(6)} ${kind.words}`),
		...describePlanted(result),
		...troubles.slice(0, SHOWN_TROUBLES).map((trouble) => `       stuck: ${trouble}`),
		...(troubles.length > SHOWN_TROUBLES
			? [`       … and ${troubles.length - SHOWN_TROUBLES} more got stuck`]
			: []),
	];
	if (isEnded)
		lines.push("Ended early: who was in the shop has left, and what was sent is stored.");
	else if (sessions < visits) {
		lines.push(
			"Not every visit was stored: see on the setup screen whether the shop's site records, and whether the server runs.",
		);
	}
	lines.push(`The same visitors come again with --seed ${seed}.`);
	return lines.join("\n");
}

/** `planted: 4 met slow-coupon, 2 dead-button; 15 controls met none` */
function describePlanted({ planted, controls }: SeedResult): string[] {
	const met = planted.filter((one) => one.met > 0);
	if (met.length + controls === 0) return [];
	const words = met.map((one, at) => `${one.met} ${at === 0 ? "met " : ""}${one.fault}`);
	const parts = [...(words.length > 0 ? [words.join(", ")] : []), `${controls} controls met none`];
	return [`       planted: ${parts.join("; ")}`];
}

/** @throws StartError */
async function loadSeeding(): Promise<SeedModule> {
	try {
		return await import(new URL("seed.js", import.meta.url).href);
	} catch (error) {
		throw new StartError(
			`visitors are driven by puppeteer-core, which a plain npm ci installs and npm ci --omit=dev leaves out (${error instanceof Error ? error.message : String(error)})`,
		);
	}
}
