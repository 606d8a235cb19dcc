// Builds everything into dist/: the server and its index child for Node, the recorder and the viewer
// for browsers, the demo shop. `--if-needed` skips the work when no source is newer than the build.

import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { buildRecorder } from "./build-recorder.mjs";

const SOURCES = ["protocol", "replay", "signals", "recorder", "server", "viewer", "demo"];
const STAMP = "dist/.built";

const newest = (path) =>
	statSync(path).isDirectory()
		? Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
		: statSync(path).mtimeMs;

if (process.argv.includes("--if-needed") && existsSync(STAMP)) {
	const changed = Math.max(
		...[...SOURCES, "build.mjs", "build-recorder.mjs", "package-lock.json"].map(newest),
	);
	if (statSync(STAMP).mtimeMs > changed) process.exit(0);
}

rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/viewer", { recursive: true });

const node = {
	bundle: true,
	platform: "node",
	target: "node20",
	format: "esm",
	packages: "external",
	sourcemap: true,
};
const browser = {
	bundle: true,
	platform: "browser",
	target: "es2020",
	format: "iife",
	minify: true,
	legalComments: "none",
};

await Promise.all([
	build({
		...node,
		entryPoints: {
			start: "demo/start.ts",
			server: "server/main.ts",
			"index-child": "server/index/child.ts",
			finisher: "server/recordings/finisher-child.ts",
			cli: "server/cli.ts",
			seed: "demo/seed.ts",
		},
		outdir: "dist",
	}),
	buildRecorder("dist"),
	buildViewer(),
	build({
		...browser,
		entryPoints: { "shop-client": "demo/client/main.ts", shop: "demo/style/shop.css" },
		outdir: "dist/demo",
	}),
]);
cpSync("server/index/chdb-config.xml", "dist/chdb-config.xml");
writeFileSync(STAMP, "");

/** The worker first: the viewer is told where it is. */
async function buildViewer() {
	const viewer = {
		...browser,
		format: "esm",
		target: "es2022",
		outdir: "dist/viewer",
		entryNames: "[name]-[hash]",
		metafile: true,
	};
	const worker = await build({
		...viewer,
		entryPoints: { loader: "viewer/player/loader-worker.ts" },
	});
	const loader = listOutputs(worker.metafile)[0];
	const app = await build({
		...viewer,
		splitting: true,
		entryPoints: { app: "viewer/main.tsx" },
		chunkNames: "[name]-[hash]",
		assetNames: "[name]-[hash]",
		jsx: "automatic",
		jsxImportSource: "preact",
		define: { SNAG_LOADER: JSON.stringify(`/${loader}`) },
	});
	writeViewerPages(app.metafile);
}

function listOutputs(metafile) {
	return Object.keys(metafile.outputs).map((path) => path.replace("dist/viewer/", ""));
}

/**
 * The viewer's page names the hashed files of this build. For a replay there is a second one that also names
 * what is only loaded there, so that all of it comes at once.
 */
function writeViewerPages({ outputs }) {
	const paths = Object.keys(outputs);
	const nameOf = (path) => `/${path.replace("dist/viewer/", "")}`;
	const script = paths.find((path) => /\/app-\w+\.js$/.test(path));
	const style = paths.find((path) => /\/app-\w+\.css$/.test(path));
	const replay = paths.find(
		(path) => outputs[path].entryPoint === "viewer/player/session-page.tsx",
	);
	const importsOf = (path) => {
		const direct = outputs[path].imports.filter(({ kind }) => kind === "import-statement");
		return direct.flatMap(({ path: next }) => [next, ...importsOf(next)]);
	};
	const preload = (files) =>
		[...new Set(files)]
			.map((path) => `<link rel="modulepreload" href="${nameOf(path)}" />`)
			.join("\n\t\t");
	const page = readFileSync("viewer/index.html", "utf8")
		.replace("{{script}}", nameOf(script))
		.replace("{{style}}", nameOf(style));
	const own = importsOf(script);
	const pages = { index: own, replay: [...own, replay, ...importsOf(replay)] };
	for (const [name, files] of Object.entries(pages)) {
		writeFileSync(`dist/viewer/${name}.html`, page.replace("{{preload}}", preload(files)));
	}
}
