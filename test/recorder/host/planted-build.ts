// The recorder as it is built, but for one thing: each of its functions tells the page that it begins and
// that it ends, and may be made to throw there. They are found in the syntax tree of every file, so that
// none can be forgotten; the guard's own, which are what catches, only tell.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, transform } from "esbuild";
import { parseAst } from "vitest/node";

const ROOT = fileURLToPath(new URL("../../../recorder/", import.meta.url));

export interface PlantedBuild {
	/** Path → text, for `startIntake`. */
	scripts: ReadonlyMap<string, string>;
	/** By number: file, and the names of the functions around it and of itself. */
	functions: readonly string[];
}

interface Node {
	type: string;
	start: number;
	end: number;
	[key: string]: unknown;
}

/** What the browser and the page call, or what catches for those that they call. */
const ENTRIES: readonly string[] = [
	// Runs once, within `try`; the files of the core run their own first lines.
	...["loader.ts run", "native.ts native", "native.ts reader"],
	// What a page calls, and what stands around its own calls; all that they do is caught.
	...["stop", "start", "consent", "gate[name2]", "push", "q › push"].map(
		(name) => `gate.ts openGate › ${name}`,
	),
	...["call", "onEnd", "stored", "onEvent", "onRoute"].map((name) => `gate.ts openGate › ${name}`),
	...["gate.ts attempt", "gate.ts openGate › decide", "gate.ts openGate › watch › apply"],
	...["capture/dom/patch-method.ts patchMethod › apply"],
	// Promises and timers that only hand on.
	...["gate.ts openGate › readConfig › then()", "gate.ts openGate › readConfig › settle"],
	...["gate.ts openGate › decide › attempt() › load()", "loader.ts loadCore › then()"],
	...["transport/chunker.ts createChunker › seal › then()", "transport/post.ts post"],
	...["capture/elements.ts createElements › findAll › startTimer()"],
];

export function isEntry(name: string): boolean {
	return name.startsWith("guard.ts") || ENTRIES.includes(name);
}

export async function buildPlanted(): Promise<PlantedBuild> {
	const functions: string[] = [];
	const core = await bundle("core.ts", functions, {});
	const hash = (encoding: "hex" | "base64") => createHash("sha256").update(core).digest(encoding);
	const name = `snag-core.${hash("hex").slice(0, 8)}.js`;
	const loader = await bundle("loader.ts", functions, {
		SNAG_CORE: JSON.stringify(name),
		SNAG_INTEGRITY: JSON.stringify(`sha256-${hash("base64")}`),
	});
	const scripts = new Map([
		["/path/snag.js", loader],
		[`/path/${name}`, core],
	]);
	return { scripts, functions };
}

async function bundle(
	entry: string,
	functions: string[],
	define: Record<string, string>,
): Promise<string> {
	const { outputFiles } = await build({
		...{ entryPoints: [ROOT + entry], bundle: true, write: false, format: "iife", define },
		...{ target: "es2020", plugins: [plant(functions)], charset: "ascii" },
		tsconfigRaw: { compilerOptions: { strict: false, alwaysStrict: false } },
	});
	return outputFiles[0]?.text ?? "";
}

function plant(functions: string[]): Plugin {
	return {
		name: "plant",
		setup({ onLoad }) {
			onLoad({ filter: /\/recorder\/.*\.ts$/ }, async ({ path }) => {
				const { code } = await transform(readFileSync(path, "utf8"), {
					...{ loader: "ts", target: "es2020", charset: "ascii" },
				});
				return { contents: plantIn(code, relative(ROOT, path), functions), loader: "js" };
			});
		},
	};
}

function plantIn(code: string, file: string, functions: string[]): string {
	const inserts: [at: number, text: string][] = [];
	const walk = (node: Node, parent: Node | undefined, path: readonly string[]): void => {
		const isFunction = /Function/.test(node.type);
		const names = isFunction ? [...path, nameOf(node, parent, code)] : path;
		let ends: (() => void) | undefined;
		if (isFunction) ends = plantFunction(node, names);
		if (node.type === "AwaitExpression") {
			const { argument } = node as unknown as { argument: Node };
			inserts.push([node.start, "__snag.awake("], [argument.start, "__snag.sleep("]);
			ends = () => inserts.push([argument.end, ")"], [node.end, ")"]);
		}
		for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, node, names);
		ends?.();
	};
	/** @returns what is to be done once everything inside is done */
	const plantFunction = (node: Node, names: readonly string[]): (() => void) => {
		const number = functions.length;
		functions.push(`${file} ${names.join(" › ")}`);
		const { body } = node as unknown as { body: Node };
		const isBlock = body.type === "BlockStatement";
		const before = `try{__snag.begin(${number});`;
		const after = `}finally{__snag.end(${number})}`;
		if (isBlock) {
			inserts.push([body.start + 1, before]);
			return () => inserts.push([body.end - 1, after]);
		}
		inserts.push([code.lastIndexOf("=>", body.start) + 2, `{${before}return(`]);
		return () => inserts.push([node.end, `)${after}}`]);
	};
	walk(parseAst(code) as unknown as Node, undefined, []);
	let planted = "";
	let from = 0;
	for (const [at, text] of inserts.toSorted(([a], [b]) => a - b)) {
		planted += code.slice(from, at) + text;
		from = at;
	}
	return planted + code.slice(from);
}

function isNode(value: unknown): value is Node {
	return typeof (value as Node | null)?.type === "string";
}

/** Its own, or of what it is given to. */
function nameOf(node: Node, parent: Node | undefined, code: string): string {
	const own = node.id ?? parent?.key ?? (parent?.type === "VariableDeclarator" && parent.id);
	if (isNode(own)) return code.slice(own.start, own.end);
	if (isNode(parent?.callee)) {
		const called = code.slice(parent.callee.start, parent.callee.end);
		return `${called.slice(called.lastIndexOf(".") + 1)}()`;
	}
	return parent?.type === "AssignmentExpression" && isNode(parent.left)
		? code.slice(parent.left.start, parent.left.end)
		: "";
}
