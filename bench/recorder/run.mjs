// Builds the product where it changed, the measured pages with their frameworks, the recorders they are
// recorded with, and runs the benchmark:
// npm run bench:recorder [page or recorder…] [--rounds N] [--quick] [--json]
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const built = spawnSync(process.execPath, ["build.mjs", "--if-needed"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);

const outdir = "dist/bench/recorder";
const listEntries = (folder) =>
	readdirSync(folder)
		.filter((name) => /\.tsx?$/.test(name))
		.map((name) => `${folder}/${name}`);

const svelte = {
	name: "svelte",
	setup: ({ onLoad }) =>
		onLoad({ filter: /\.svelte$/ }, ({ path: filename }) => ({
			contents: compile(readFileSync(filename, "utf8"), { filename, generate: "client" }).js.code,
		})),
};
const browser = {
	...{ bundle: true, platform: "browser", target: "es2022", format: "iife", minify: true },
	define: {
		"process.env.NODE_ENV": '"production"',
		__VUE_OPTIONS_API__: "true",
		__VUE_PROD_DEVTOOLS__: "false",
		__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
	},
	// The build of Vue that compiles templates.
	alias: { vue: "vue/dist/vue.esm-bundler.js" },
	conditions: ["browser", "svelte", "production"],
	legalComments: "none",
	jsx: "automatic",
	plugins: [svelte],
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
