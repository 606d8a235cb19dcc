// Runs once before all tests: builds the product (its tests run what a user runs) and makes sure of
// the programs that tests need. No S3 server is started here: a suite that wants one has its own
// within seconds, may pause it without disturbing anybody, and nobody else waits for it.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { type Availability, ensurePrograms } from "./debian-packages.ts";

declare module "vitest" {
	interface ProvidedContext {
		chromium: Availability;
		s3: Availability;
	}
}

export default async function setUp(project: TestProject) {
	// Both come to their end, whatever the other does: a half-done installation is worth nothing.
	const [programs, exitCode] = await Promise.all([
		ensurePrograms(["chromium", "s3"]),
		buildIfNeeded(),
	]);
	if (exitCode !== 0) throw new Error("the build failed: node build.mjs --if-needed");
	project.provide("chromium", programs.chromium);
	project.provide("s3", programs.s3);

	const missing = Object.values(programs).flatMap((program) => describeMissing(program));
	if (missing.length > 0 && process.env.CI) throw new Error(missing.join("\n"));
	// vitest tears down after its summary: the last lines are where a reader looks.
	return () => {
		for (const line of missing) console.warn(line);
	};
}

function describeMissing(program: Availability): string[] {
	if (program.state === "ready") return [];
	return [`Tests NOT RUN: ${program.reason}. To run them: ${program.command}`];
}

function buildIfNeeded(): Promise<number | null> {
	const root = fileURLToPath(new URL("../..", import.meta.url));
	const build = spawn(process.execPath, ["build.mjs", "--if-needed"], {
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"],
	});
	return new Promise((resolve) => build.once("exit", resolve));
}
