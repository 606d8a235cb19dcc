// A script of the tests, with all that it imports, as one text that a page can run.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export async function bundlePage(entry: URL): Promise<string> {
	const entryPoints = [fileURLToPath(entry)];
	const bundle = await build({
		...{ entryPoints, bundle: true, write: false, format: "iife" },
		// As where a site bundles the recorder itself: all of it is in one file.
		define: { SNAG_RARE: '""', SNAG_RARE_INTEGRITY: '""' },
	});
	return bundle.outputFiles[0]?.text ?? "";
}
