import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Apart from `npm test`: hundreds of kills, every fault of the store, every damaged byte. One file at a
// time, since most of them load or measure the machine; a file says itself how long it may take.
export default defineConfig({
	root: fileURLToPath(new URL("../..", import.meta.url)),
	test: {
		include: ["test/slow/**/*.test.ts"],
		globalSetup: ["test/support/global-setup.ts"],
		pool: "forks",
		maxWorkers: 1,
		fileParallelism: false,
		testTimeout: 300_000,
		hookTimeout: 300_000,
		// Counts and seeds that the tests print are part of the result.
		reporters: ["verbose"],
		disableConsoleIntercept: true,
	},
});
