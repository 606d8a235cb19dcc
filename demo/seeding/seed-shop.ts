/**
 * What `snag seed` does: sends planned visitors through the shop, a few at a time in one browser, and counts
 * what the server has acknowledged. Where it is ended early, those who are there leave first.
 */
import type { Browser } from "puppeteer-core";
import type { SeedOptions, SeedResult } from "../../server/commands/seed-contract.ts";
import { plantedFaults } from "../faults.ts";
import { findShop } from "./find-shop.ts";
import { openBrowser } from "./open-browser.ts";
import { type PlannedVisit, planVisits } from "./plan-visits.ts";
import { makeVisit, type VisitOutcome } from "./visit.ts";
import { VISIT_KINDS, visitKinds } from "./visit-kinds.ts";

/** A minute of an unhurried person takes seven seconds: long enough to be seen, hovered and read. */
const PACE = 0.12;

/** @throws Error that says what to do */
export async function seedShop(options: SeedOptions): Promise<SeedResult> {
	const { shopUrl, visitors, seed, faultShare, browserPath, signal, now } = options;
	await findShop(shopUrl);
	const browser = await openBrowser(browserPath);
	const began = now();
	try {
		const plan = planVisits({ visitors, seed, ...(faultShare !== undefined && { faultShare }) });
		const outcomes = await makeVisits(browser, plan, options);
		return summarise(outcomes, {
			...{ seed, visitors },
			ms: now() - began,
			isEnded: signal.aborted,
		});
	} finally {
		await browser.close();
	}
}

async function makeVisits(browser: Browser, plan: PlannedVisit[], options: SeedOptions) {
	const { shopUrl, parallel, pace = PACE, report, signal } = options;
	const outcomes: VisitOutcome[] = [];
	const waiting = plan.values();
	const tell = () => {
		const stored = outcomes.filter(({ uploads }) => uploads > 0).length;
		report({
			...{ step: "visiting", done: outcomes.length, total: plan.length },
			note: [`${stored} sessions stored`, ...notePlanted(outcomes)].join("; "),
		});
	};
	tell();
	const walk = async () => {
		for (const visit of waiting) {
			if (signal.aborted) return;
			outcomes.push(await makeVisit(visit, { browser, shopUrl, pace, signal }));
			tell();
		}
	};
	await Promise.all(Array.from({ length: parallel }, walk));
	await Promise.all(outcomes.map(({ gone }) => gone));
	return outcomes;
}

function summarise(
	outcomes: readonly VisitOutcome[],
	run: Pick<SeedResult, "seed" | "visitors" | "ms" | "isEnded">,
): SeedResult {
	const kinds = VISIT_KINDS.map((kind) => {
		const own = outcomes.filter(({ visit }) => visit.kind === kind);
		return { ...{ kind, words: visitKinds[kind].words }, ...count(own) };
	});
	const troubles = outcomes.filter(({ trouble }) => trouble !== "" && !run.isEnded);
	return {
		...run,
		...count(outcomes),
		kinds,
		planted: countPlanted(outcomes),
		controls: outcomes.filter(({ visit }) => visit.role === "control").length,
		troubles: troubles.map(({ visit, trouble }) => `visitor ${visit.number}: ${trouble}`),
	};
}

/** Met is a fault by whom nothing else stopped before. */
function countPlanted(outcomes: readonly VisitOutcome[]): SeedResult["planted"] {
	return plantedFaults.map(({ id }) => {
		const own = outcomes.filter(({ visit }) => visit.role === id);
		return { fault: id, met: own.filter(({ trouble }) => trouble === "").length };
	});
}

/** `planted: 4 met slow-coupon, 2 dead-button` */
function notePlanted(outcomes: readonly VisitOutcome[]): string[] {
	const met = countPlanted(outcomes).filter((one) => one.met > 0);
	if (met.length === 0) return [];
	const words = met.map((one, at) => `${one.met} ${at === 0 ? "met " : ""}${one.fault}`);
	return [`planted: ${words.join(", ")}`];
}

function count(outcomes: readonly VisitOutcome[]) {
	return {
		visits: outcomes.length,
		sessions: outcomes.filter(({ uploads }) => uploads > 0).length,
		uploads: outcomes.reduce((sum, { uploads }) => sum + uploads, 0),
	};
}
