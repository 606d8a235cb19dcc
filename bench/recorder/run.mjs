// Builds the product where it changed, the measured pages with their frameworks, the recorders they are
// recorded with, and runs the benchmark:
// npm run bench:recorder [page or recorder…] [--rounds N] [--quick] [--json]
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { build } from "esbuild";

const built = spawnSync(process.execPath, ["build.mjs", "--if-needed"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const outdir = "dist/bench/recorder";
const listEntries = (folder) =>
	readdirSync(folder)
		.filter((name) => /\.tsx?$/.test(name))
		.map((name) => `${folder}/${name}`);

const browser = {
	...{ bundle: true, platform: "browser", target: "es2022", format: "iife", minify: true },
	define: {
		"process.env.NODE_ENV": '"production"',
	},
	conditions: ["browser", "production"],
	legalComments: "none",
	jsx: "automatic",
};
await Promise.all([
	build({
		...{ entryPoints: { recorder: "bench/recorder.ts" }, outdir, bundle: true },
		...{ platform: "node", target: "node20", format: "esm", packages: "external", sourcemap: true },
	}),
	build({
		...{ ...browser, entryPoints: listEntries("bench/recorder/pages"), outdir: `${outdir}/pages` },
	}),
	build({
		...{ ...browser, entryPoints: listEntries("bench/recorder/embeds") },
		outdir: `${outdir}/embeds`,
	}),
]);
const { status } = spawnSync(
	process.execPath,
	["--enable-source-maps", `${outdir}/recorder.js`, ...process.argv.slice(2)],
	{ stdio: "inherit" },
);
process.exit(status ?? 1);
