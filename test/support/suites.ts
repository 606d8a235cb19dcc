// Suites that need a program of the machine. Where it is missing they are reported as skipped,
// with the reason and the command that installs it in their names; with CI set the run has already
// failed in global-setup.ts.
import { afterAll, beforeAll, describe, inject } from "vitest";
import { launchBrowser, type TestBrowser } from "./browser.ts";
import { type S3Server, startCephS3 } from "./ceph-s3.ts";
import { type Availability, findAvailability } from "./debian-packages.ts";
import { launchFirefox } from "./firefox.ts";

const START_TIMEOUT_MS = 120_000;

/** A suite with an S3 server of its own; `s3()` gives it inside hooks and tests. */
export function describeWithS3(name: string, body: (s3: () => S3Server) => void): void {
	describeWhere(inject("s3"), name, () => {
		body(startForSuite(startCephS3, (server) => server.stop()));
	});
}

/**
 * A suite with a Chromium of its own; `browser()` gives it inside hooks and tests.
 * @param flags added to the usual ones
 */
export function describeWithBrowser(
	name: string,
	body: (browser: () => TestBrowser) => void,
	flags: string[] = [],
): void {
	describeWhere(inject("chromium"), name, () => {
		body(
			startForSuite(
				() => launchBrowser(flags),
				(browser) => browser.close(),
			),
		);
	});
}

/** The same with a Firefox, which slow suites alone ask for: it is never installed by a run of tests. */
export function describeWithFirefox(
	name: string,
	body: (browser: () => TestBrowser) => void,
): void {
	describeWhere(findAvailability("firefox"), name, () => {
		body(startForSuite(launchFirefox, (browser) => browser.close()));
	});
}

function describeWhere(needed: Availability, name: string, body: () => void): void {
	if (needed.state === "ready") describe(name, body);
	else describe.skip(`${name} (not run: ${needed.reason}; ${needed.command})`, body);
}

function startForSuite<T>(start: () => Promise<T>, stop: (started: T) => Promise<void>): () => T {
	let started: { value: T } | undefined;
	beforeAll(async () => {
		started = { value: await start() };
	}, START_TIMEOUT_MS);
	// When the start failed there is nothing to stop, and its error is the one to see.
	afterAll(async () => {
		if (started) await stop(started.value);
	});
	return () => {
		if (!started) throw new Error("only hooks and tests of the suite can use this");
		return started.value;
	};
}
