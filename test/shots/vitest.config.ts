import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Apart from `npm test`: it takes two minutes and its pictures are for people to look at.
export default defineConfig({
	root: fileURLToPath(new URL("../..", import.meta.url)),
	test: {
		include: ["test/shots/**/*.test.ts"],
		globalSetup: ["test/support/global-setup.ts"],
		pool: "forks",
		testTimeout: 60_000,
		hookTimeout: 180_000,
	},
});
