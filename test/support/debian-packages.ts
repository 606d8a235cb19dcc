// The programs that the tests need beside Node. Where we are root on Debian (a container, CI) what
// is missing is installed; anywhere else the answer names the command that a person should run,
// and the tests that need it are reported as "not run".
import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { findBrowser } from "../../demo/seeding/find-browser.ts";

export type Program = "chromium" | "firefox" | "s3";

export type Availability =
	| { state: "ready" }
	| { state: "missing"; reason: string; command: string };

const FIREFOX_NAMES = ["firefox-esr", "firefox"];
const MAC_FIREFOXES = ["/Applications/Firefox.app/Contents/MacOS/firefox"];
/** Command → the Debian package that holds it. */
const CEPH_PACKAGES = {
	radosgw: "radosgw",
	"ceph-mon": "ceph-mon",
	"ceph-osd": "ceph-osd",
	ceph: "ceph-common",
	"ceph-authtool": "ceph-common",
	"radosgw-admin": "ceph-common",
	monmaptool: "ceph-base",
};
const EXTERNAL: Record<Program, string> = {
	chromium: "SNAG_TEST_CHROMIUM=/path/to/chromium npm test",
	firefox: "SNAG_TEST_FIREFOX=/path/to/firefox npm run test:slow",
	s3: "SNAG_TEST_S3=http://key:secret@host:port/bucket npm test",
};

/** Makes sure of every program, installing what is missing where that is possible. */
export async function ensurePrograms(
	programs: Program[],
	env: NodeJS.ProcessEnv = process.env,
): Promise<Record<"chromium" | "s3", Availability>> {
	const lacking = programs.flatMap((program) => findMissingPackages(program, env));
	const failure = lacking.length > 0 && canInstall(env) ? await install(lacking, env) : undefined;
	const check = (program: Program) => findAvailability(program, env, failure);
	return { chromium: check("chromium"), s3: check("s3") };
}

/** The path of a Chromium or Chrome: SNAG_TEST_CHROMIUM, else what the machine has. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
	return env.SNAG_TEST_CHROMIUM || findBrowser(env);
}

/** The path of a Firefox: SNAG_TEST_FIREFOX, else what the machine has. Only slow tests ask for one. */
export function findFirefox(env: NodeJS.ProcessEnv = process.env): string | undefined {
	if (env.SNAG_TEST_FIREFOX) return env.SNAG_TEST_FIREFOX;
	const onPath = FIREFOX_NAMES.map((name) => findCommand(name, env)).find(Boolean);
	return onPath ?? MAC_FIREFOXES.find((path) => existsSync(path));
}

/** The Debian packages that a program still needs; none when it can be used as it is. */
export function findMissingPackages(program: Program, env: NodeJS.ProcessEnv): string[] {
	if (program === "chromium") return findChromium(env) ? [] : ["chromium"];
	if (program === "firefox") return findFirefox(env) ? [] : ["firefox-esr"];
	if (env.SNAG_TEST_S3) return [];
	const missing = Object.entries(CEPH_PACKAGES).filter(([command]) => !findCommand(command, env));
	return [...new Set(missing.map(([, name]) => name))];
}

/** @param failure of the installation that was tried */
export function findAvailability(
	program: Program,
	env: NodeJS.ProcessEnv = process.env,
	failure?: string,
): Availability {
	const missing = findMissingPackages(program, env);
	if (missing.length === 0) return { state: "ready" };
	const reason = `${missing.join(", ")} not installed${failure ? ` (${failure})` : ""}`;
	if (!findCommand("apt-get", env)) {
		return { state: "missing", reason, command: EXTERNAL[program] };
	}
	const command = `sudo apt-get install --no-install-recommends ${missing.join(" ")}`;
	return { state: "missing", reason, command };
}

function canInstall(env: NodeJS.ProcessEnv): boolean {
	return process.getuid?.() === 0 && findCommand("apt-get", env) !== undefined;
}

/** Resolves to what went wrong, if anything did. */
async function install(packages: string[], env: NodeJS.ProcessEnv): Promise<string | undefined> {
	const names = [...new Set(packages)];
	console.log(`installing for the tests: ${names.join(" ")}`);
	// The lock may be held by the machine's own daily update.
	const apt = (...args: string[]) =>
		promisify(execFile)("apt-get", ["-y", "-o", "DPkg::Lock::Timeout=120", ...args], {
			env: { ...env, DEBIAN_FRONTEND: "noninteractive" },
			maxBuffer: Number.POSITIVE_INFINITY,
		});
	try {
		await apt("update");
		await apt("install", "--no-install-recommends", ...names);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message.trim() : String(error);
	}
}

function findCommand(name: string, env: NodeJS.ProcessEnv): string | undefined {
	const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
	return folders.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
