import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ControlDatabase, openControlDatabase } from "../../../server/control/database.ts";
import { createLeases, LEASE_MS } from "../../../server/control/leases.ts";
import { createTempFolder, type TempFolder } from "../../support/temp-folder.ts";

let folder: TempFolder;
let control: ControlDatabase;
let at = 1_000_000;
const hold = (holder: string) => createLeases({ control, holder, now: () => at });
beforeAll(async () => {
	folder = await createTempFolder("leases");
	control = await openControlDatabase(folder.path);
});
afterAll(async () => {
	await control.destroy();
	await folder.remove();
});
beforeEach(() => control.deleteFrom("leases").execute());

describe("a lease", () => {
	test("has one holder, until it ends", async () => {
		expect(await hold("a").acquire("x")).toBe(0);
		expect(await hold("b").acquire("x")).toBeUndefined();
		expect(await hold("b").acquire("y")).toBe(0);
		at += LEASE_MS;
		expect(await hold("b").acquire("x")).toBe(0);
		expect(await hold("a").renew("x")).toBe(false);
		expect(await hold("b").renew("x")).toBe(true);
	});

	test("goes to one of many who ask at once", async () => {
		const names = Array.from({ length: 10 }, (_, n) => String(n));
		const answers = await Promise.all(names.map((name) => hold(name).acquire("x")));
		expect(answers.filter((answer) => answer !== undefined)).toEqual([0]);
	});

	test("lasts as long as it is renewed in time, and cannot be renewed after", async () => {
		await hold("a").acquire("x");
		for (let n = 0; n < 5; n++) {
			at += LEASE_MS - 1;
			expect(await hold("a").renew("x")).toBe(true);
			expect(await hold("b").acquire("x")).toBeUndefined();
		}
		at += LEASE_MS;
		expect(await hold("a").renew("x")).toBe(false);
	});

	test("remembers what failed by its own fault, until it is done", async () => {
		await hold("a").acquire("x");
		await hold("a").giveBack("x", true);
		expect(await hold("b").acquire("x")).toBe(1);
		await hold("b").giveBack("x", false);
		expect(await hold("a").acquire("x")).toBe(1);
		await hold("a").finish("x");
		expect(await hold("a").acquire("x")).toBe(0);
	});

	test("that somebody else holds by now is not given back or ended by who lost it", async () => {
		await hold("a").acquire("x");
		at += LEASE_MS;
		await hold("b").acquire("x");
		await hold("a").finish("x");
		await hold("a").giveBack("x", true);
		expect(await hold("c").acquire("x")).toBeUndefined();
		expect(await hold("b").renew("x")).toBe(true);
	});
});
