// Builds the recorder: the loader, the core that it names with its hash, and the package for sites that
// bundle it themselves. Every page loads this, so esbuild's output goes through a second minifier, which
// takes another tenth, and the build fails where a share is exceeded.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

/** Bytes after gzip, of the loader and of all that a page loads to be recorded: what is wanted. */
const LOADER_BYTES = 1.5 * 1024;
const ALL_BYTES = 20 * 1024;
/** What it may be until it is. It only ever goes down. */
const MOST_BYTES = 30 * 1024;

const RECORDER = {
	...{ bundle: true, platform: "browser", target: "es2020", write: false, legalComments: "none" },
	// No "use strict", which a page would have to load. The core and the package are modules and strict all
	// the same, so nothing may count on assigning to what a page has frozen: `Reflect` says no instead.
	tsconfigRaw: { compilerOptions: { strict: false, alwaysStrict: false } },
};
const COMPRESS = {
	...{ passes: 3, ecma: 2020, pure_getters: true },
	...{ unsafe_arrows: true, unsafe_methods: true },
};

/** @param folder where the files go */
export async function buildRecorder(folder) {
	const core = await bundle("recorder/core.ts", { format: "iife" });
	const name = `snag-core.${hash(core, "hex").slice(0, 8)}.js`;
	const loader = await bundle("recorder/loader.ts", {
		format: "iife",
		define: {
			SNAG_CORE: JSON.stringify(name),
			SNAG_INTEGRITY: JSON.stringify(`sha256-${hash(core, "base64")}`),
		},
	});
	writeFileSync(`${folder}/${name}`, core);
	writeFileSync(`${folder}/snag.js`, loader);
	await buildPackage(`${folder}/recorder-package`);
	checkSizes(loader, core);
}

async function buildPackage(folder) {
	mkdirSync(folder, { recursive: true });
	const { version, license } = JSON.parse(readFileSync("package.json", "utf8"));
	const description = {
		...{ name: "@snag/recorder", version, license, type: "module", sideEffects: false },
		description: "Records a page for a Snag server",
		...{ main: "./index.js", types: "./index.d.ts" },
		exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
	};
	writeFileSync(`${folder}/package.json`, `${JSON.stringify(description, undefined, "\t")}\n`);
	writeFileSync(`${folder}/index.js`, await bundle("recorder/package/index.ts", { format: "esm" }));
	cpSync("recorder/package/snag.d.ts", `${folder}/index.d.ts`);
	cpSync("recorder/package/README.md", `${folder}/README.md`);
}

async function bundle(entry, options) {
	const { outputFiles } = await build({
		...{ ...RECORDER, ...options, entryPoints: [entry] },
		...{ minifyWhitespace: true, minifySyntax: true },
	});
	const module = options.format === "esm";
	const { code } = await minify(outputFiles[0].text, {
		...{ module, toplevel: true, compress: { ...COMPRESS, toplevel: true }, mangle: true },
	});
	return `${code}\n`;
}

function hash(text, encoding) {
	return createHash("sha256").update(text).digest(encoding);
}

function checkSizes(loader, core) {
	const [small, large] = [loader, core].map((text) => gzipSync(text, { level: 9 }).length);
	const share = (bytes, most) =>
		`${(bytes / 1024).toFixed(2)} KB (${Math.round((bytes / most) * 100)} % of ${most / 1024})`;
	const all = small + large;
	console.log(
		`recorder, gzip: loader ${share(small, LOADER_BYTES)}, core ${(large / 1024).toFixed(2)} KB, ` +
			`both ${share(all, ALL_BYTES)}`,
	);
	if (small > LOADER_BYTES || all > MOST_BYTES) {
		throw new Error("the recorder has become larger than pages should have to load");
	}
}
