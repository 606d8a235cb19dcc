import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
	ensurePrograms,
	findAvailability,
	findChromium,
	findFirefox,
	findMissingPackages,
} from "./debian-packages.ts";
import { createTempFolder, type TempFolder } from "./temp-folder.ts";

// A PATH of one folder plays a bare machine; nothing is installed by these tests, because the
// package manager of that machine is a script of ours.
let folder: TempFolder;
let env: NodeJS.ProcessEnv;
beforeEach(async () => {
	folder = await createTempFolder("packages");
	env = { PATH: folder.path };
});
afterEach(async () => {
	vi.restoreAllMocks();
	await folder.remove();
});

async function addCommand(name: string, script = "") {
	const path = join(folder.path, name);
	await writeFile(path, `#!/bin/sh\n${script}\n`);
	await chmod(path, 0o755);
	return path;
}

test.each(["chromium", "chromium-browser", "google-chrome"])("%s is a Chromium", async (name) => {
	const path = await addCommand(name);
	expect(findChromium(env)).toBe(path);
});

test("SNAG_TEST_CHROMIUM goes before what the machine has", async () => {
	await addCommand("chromium");
	expect(findChromium({ ...env, SNAG_TEST_CHROMIUM: "/opt/chrome" })).toBe("/opt/chrome");
});

test("a Firefox is found, else the command that installs it is named, and nothing is installed", async () => {
	await addCommand("apt-get", "exit 1");
	expect(findAvailability("firefox", env)).toEqual({
		state: "missing",
		reason: "firefox-esr not installed",
		command: "sudo apt-get install --no-install-recommends firefox-esr",
	});
	await addCommand("firefox-esr");
	expect(findAvailability("firefox", env)).toEqual({ state: "ready" });
	expect(findFirefox({ ...env, SNAG_TEST_FIREFOX: "/opt/firefox" })).toBe("/opt/firefox");
});

test("names each missing package of the S3 server once", async () => {
	await addCommand("ceph-mon");
	const missing = ["radosgw", "ceph-osd", "ceph-common", "ceph-base"];
	expect(findMissingPackages("s3", env)).toEqual(missing);
	expect(findMissingPackages("s3", { ...env, SNAG_TEST_S3: "http://k:s@h:1/b" })).toEqual([]);
});

test("without a package manager the way out is an existing server or browser", async () => {
	const { s3 } = await ensurePrograms(["s3"], env);
	expect(s3).toMatchObject({
		state: "missing",
		command: "SNAG_TEST_S3=http://key:secret@host:port/bucket npm test",
	});
});

test("on Debian it is installed by root, else the command to run is named", async () => {
	vi.spyOn(console, "log").mockReturnValue();
	await addCommand("apt-get", 'echo "no network" >&2; exit 100');
	const { chromium } = await ensurePrograms(["chromium"], env);
	expect(chromium).toMatchObject({
		state: "missing",
		command: "sudo apt-get install --no-install-recommends chromium",
	});
	const tried = process.getuid?.() === 0;
	expect("reason" in chromium && chromium.reason.includes("no network")).toBe(tried);
});
