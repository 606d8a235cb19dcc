// Builds the product where it changed, and the benchmarks, and runs them:
// npm run bench [name…] [--quick] [--json]
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const built = spawnSync(process.execPath, ["build.mjs", "--if-needed"], { stdio: "inherit" });
if (built.status !== 0) process.exit(built.status ?? 1);
const outdir = "dist/bench";
// heatmap.js assigns to a read-only property, which throws in an ES module; the line has no effect.
const heatmapJs = {
	name: "heatmap.js in a module",
	setup: ({ onLoad }) =>
		onLoad({ filter: /heatmap\.js[\\/]build[\\/]heatmap\.js$/ }, ({ path }) => ({
			contents: readFileSync(path, "utf8").replace("img.data = imgData;", ""),
		})),
};
await Promise.all([
	build({
		entryPoints: {
			bench: "bench/bench.ts",
			"bare-route": "bench/ingest/bare-route.ts",
			load: "bench/ingest/load.ts",
		},
		...{ outdir, bundle: true, platform: "node", target: "node20", format: "esm" },
		...{ packages: "external", sourcemap: true },
	}),
	build({
		entryPoints: { rival: "bench/player/rival.ts" },
		...{ outdir, bundle: true, platform: "browser", target: "es2022", format: "esm", minify: true },
	}),
	build({
		entryPoints: { "heatmap-page": "bench/heatmap/page.ts" },
		...{
			outdir,
			bundle: true,
			platform: "browser",
			target: "es2022",
			format: "iife",
			minify: true,
		},
		plugins: [heatmapJs],
	}),
]);
const { status } = spawnSync(
	process.execPath,
	["--enable-source-maps", `${outdir}/bench.js`, ...process.argv.slice(2)],
	{ stdio: "inherit" },
);
process.exit(status ?? 1);
