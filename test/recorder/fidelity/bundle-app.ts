// An application of the corpus with its framework as one script, made as sites make theirs: for production,
// components of Svelte compiled, templates of Vue compiled in the page.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { compile } from "svelte/compiler";

const svelte: Plugin = {
	name: "svelte",
	setup({ onLoad }) {
		onLoad({ filter: /\.svelte$/ }, async ({ path: filename }) => {
			const source = await readFile(filename, "utf8");
			const options = { filename, generate: "client", css: "injected" } as const;
			return { contents: compile(source, options).js.code };
		});
	},
};

/** @param name of a file in `apps/` */
export async function bundleApp(name: string): Promise<string> {
	const bundle = await build({
		entryPoints: [fileURLToPath(new URL(`apps/${name}`, import.meta.url))],
		...{ bundle: true, write: false, format: "iife", platform: "browser", target: "es2022" },
		...{ jsx: "automatic", legalComments: "none", minify: true },
		define: {
			"process.env.NODE_ENV": '"production"',
			__VUE_OPTIONS_API__: "true",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
		},
		alias: {
			// The build of Vue that compiles templates.
			vue: "vue/dist/vue.esm-bundler.js",
			"vue/server-renderer": "@vue/server-renderer",
		},
		conditions: ["browser", "svelte", "production"],
		plugins: [svelte],
	});
	return bundle.outputFiles[0]?.text ?? "";
}
