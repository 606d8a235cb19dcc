import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		exclude: ["test/shots/**", "test/slow/**", "node_modules/**"],
		globalSetup: ["test/support/global-setup.ts"],
		pool: "forks",
		// Two files at a time: more browsers and engines than that only wait for each other.
		maxWorkers: 2,
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// A browser on a machine that others share misses a deadline now and then; the report names each test
		// that needed its second try, and what is broken fails twice.
		retry: process.env.CI ? 1 : 0,
		reporters: process.env.CI ? ["verbose"] : ["default"],
	},
});
