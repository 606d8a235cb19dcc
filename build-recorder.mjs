// Builds the recorder: the loader, the core that it names with its hash, what few pages need under names of
// their own, and the package for sites that bundle all of it themselves. Every page loads this, so esbuild's
// output goes through a second minifier, which takes another tenth, is compressed here as well as can be, and
// the build fails where a share is exceeded.
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

/** Bytes after gzip, of the loader and of all that a page loads to be recorded: what is wanted. */
const LOADER_BYTES = 1.5 * 1024;
const ALL_BYTES = 20 * 1024;
/** What it may be until it is. It went up for leaks that were mended, for keys that outlive a deploy and for facts that signals need; else it only goes down. */
const MOST_BYTES = 31.6 * 1024;

const RECORDER = {
	...{ bundle: true, platform: "browser", target: "es2020", write: false, legalComments: "none" },
	// No "use strict", which a page would have to load. The core and the package are modules and strict all
	// the same, so nothing may count on assigning to what a page has frozen: `Reflect` says no instead.
	tsconfigRaw: { compilerOptions: { strict: false, alwaysStrict: false } },
};
const COMPRESS = {
	...{ passes: 3, ecma: 2020, pure_getters: true, unsafe_arrows: true },
	// Statements repeat more of each other than what commas join.
	sequences: false,
};

/** @param folder where the files go */
export async function buildRecorder(folder) {
	const rare = await bundlePart("rare", "recorder/rare.ts", { format: "esm" });
	const core = await bundlePart("core", "recorder/core.ts", {
		define: { SNAG_RARE: rare.quoted, SNAG_RARE_INTEGRITY: rare.integrity },
	});
	const loader = await bundle("recorder/loader.ts", {
		define: { SNAG_CORE: core.quoted, SNAG_INTEGRITY: core.integrity },
	});
	const [small, large] = [
		["snag.js", loader],
		[core.name, core.code],
		[rare.name, rare.code],
	].map(([name, code]) => writeScript(`${folder}/${name}`, code));
	await buildPackage(`${folder}/recorder-package`);
	checkSizes(small, large);
}

/** What is loaded by name and checked by its hash, both of which whoever loads it has as literals. */
async function bundlePart(part, entry, options) {
	const code = await bundle(entry, options);
	const name = `snag-${part}.${hash(code, "hex").slice(0, 8)}.js`;
	const integrity = JSON.stringify(`sha256-${hash(code, "base64")}`);
	return { name, code, quoted: JSON.stringify(name), integrity };
}

/** As it is and as it is sent. @returns bytes of its gzip */
function writeScript(path, code) {
	const gzip = gzipSync(code, { level: 9 });
	writeFileSync(path, code);
	writeFileSync(`${path}.gz`, gzip);
	writeFileSync(`${path}.br`, brotliCompressSync(code));
	return gzip.length;
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
	const index = await bundle("recorder/package/index.ts", {
		format: "esm",
		define: { SNAG_RARE: '""', SNAG_RARE_INTEGRITY: '""' },
	});
	writeFileSync(`${folder}/index.js`, index);
	cpSync("recorder/package/snag.d.ts", `${folder}/index.d.ts`);
	cpSync("recorder/package/README.md", `${folder}/README.md`);
}

async function bundle(entry, options) {
	const { outputFiles } = await build({
		...{ ...RECORDER, format: "iife", ...options, entryPoints: [entry] },
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

function checkSizes(small, large) {
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
