// Between `snag seed` and the demo, which the server does not import: its build stands beside the command's.
import type { Report } from "../lifecycle/progress.ts";

export interface SeedOptions {
	shopUrl: string;
	visitors: number;
	/** The same seed makes the same visitors. */
	seed: number;
	/** Of all visitors, those who are sent to a planted fault; without it the shop decides. */
	faultShare?: number;
	/** How many are in the shop at once. */
	parallel: number;
	/** Path of a Chromium or Chrome. */
	browserPath: string;
	/** 1 is as slow as people, 0 does not wait at all. */
	pace?: number;
	report: Report;
	/** Whoever is in the shop leaves, and nobody else comes. */
	signal: AbortSignal;
	now: () => number;
}

/** A session counts as stored once the server has acknowledged an upload of it. */
interface SeedCounts {
	visits: number;
	sessions: number;
	uploads: number;
}

export interface SeedResult extends SeedCounts {
	seed: number;
	/** How many were asked for. */
	visitors: number;
	ms: number;
	/** Ended before all had visited. */
	isEnded: boolean;
	kinds: ({ kind: string; words: string } & SeedCounts)[];
	/** How many met each fault that is planted in the shop. */
	planted: { fault: string; met: number }[];
	/** Who meets none, and does what hands do anyway. */
	controls: number;
	/** Visits that did not go as planned. */
	troubles: string[];
}

export interface SeedModule {
	findBrowser(env: Readonly<Record<string, string | undefined>>): string | undefined;
	/** @throws Error that says what to do */
	seedShop(options: SeedOptions): Promise<SeedResult>;
}
