// The arrows between the folders, proven from the import statements of every source file. The checks are
// pure functions over a map of files and their imports, so that they can be shown to catch something.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

interface Import {
	from: string;
	/** Gone at run time. */
	isType: boolean;
}

type Imports = ReadonlyMap<string, readonly Import[]>;

/** Folder → the folders it may import from. */
const ARROWS: Record<string, readonly string[]> = {
	protocol: [],
	replay: ["protocol"],
	signals: ["protocol"],
	recorder: ["protocol"],
	server: ["protocol", "replay", "signals"],
	viewer: ["protocol", "replay", "signals"],
	demo: ["protocol", "replay", "signals", "recorder", "server", "viewer"],
	test: ["protocol", "replay", "signals", "recorder", "server", "viewer", "demo", "bench"],
	bench: ["protocol", "replay", "signals", "recorder", "server", "viewer", "demo", "test"],
};

/** Folder → what it may import at run time from outside the repository; others may import anything. */
const OUTSIDE: Record<string, RegExp> = {
	protocol: /^$/,
	replay: /^$/,
	signals: /^$/,
	recorder: /^@rrweb\//,
	viewer: /^(?!node:)/,
};
/** Folder → what it may import from outside as types; others may import anything. */
const OUTSIDE_TYPES: Record<string, RegExp> = {
	protocol: /^json-schema-to-ts$/,
	replay: /^@rrweb\/types$/,
	signals: /^@rrweb\/types$/,
	recorder: /^@rrweb\//,
};

/** Packages that are a language rather than a tool: of the viewer, and of recorded events. */
const EVERYWHERE = ["preact", "@preact/signals", "@rrweb/types"];
/** Folders that are not the product. */
const UNWRAPPED = ["test", "bench"];

function findForbiddenArrows(imports: Imports): string[] {
	return eachImport(imports).flatMap(([file, { from, isType }]) => {
		const folder = folderOf(file);
		if (!isRelative(from)) {
			const allowed = (isType ? OUTSIDE_TYPES : OUTSIDE)[folder] ?? OUTSIDE[folder];
			return allowed === undefined || allowed.test(from) ? [] : [`${file} imports ${from}`];
		}
		const target = folderOf(resolve(file, from));
		const isAllowed = target === folder || ARROWS[folder]?.includes(target);
		return isAllowed ? [] : [`${file} imports ${resolve(file, from)}`];
	});
}

/**
 * Each circle at run time once, beginning with its first file in alphabetical order. A part may name a
 * type of the file that puts it together, where the value is made.
 */
function findCircles(imports: Imports): string[] {
	const circles = new Set<string>();
	const done = new Set<string>();
	const walk = (file: string, road: readonly string[]): void => {
		const at = road.indexOf(file);
		if (at >= 0) {
			const circle = road.slice(at);
			const first = circle.indexOf([...circle].sort()[0] ?? "");
			circles.add([...circle.slice(first), ...circle.slice(0, first)].join(" → "));
			return;
		}
		if (done.has(file)) return;
		for (const { from, isType } of imports.get(file) ?? []) {
			if (isRelative(from) && !isType) walk(resolve(file, from), [...road, file]);
		}
		done.add(file);
	};
	for (const file of [...imports.keys()].sort()) walk(file, []);
	return [...circles].sort();
}

/** Packages that more than one file of the product needs at run time. */
function findUnwrapped(imports: Imports): string[] {
	const users = new Map<string, Set<string>>();
	for (const [file, { from, isType }] of eachImport(imports)) {
		if (isType || isRelative(from) || from.startsWith("node:")) continue;
		if (UNWRAPPED.includes(folderOf(file)) || EVERYWHERE.includes(packageOf(from))) continue;
		const files = users.get(packageOf(from)) ?? new Set();
		users.set(packageOf(from), files.add(file));
	}
	return [...users].flatMap(([name, files]) =>
		files.size > 1 ? [`${name} is imported by ${[...files].sort().join(", ")}`] : [],
	);
}

/** Imports of files that do not exist under that very name. */
function findMissing(imports: Imports, exists: (file: string) => boolean): string[] {
	return eachImport(imports).flatMap(([file, { from }]) =>
		isRelative(from) && !exists(resolve(file, from)) ? [`${file} imports ${from}`] : [],
	);
}

const STATEMENTS = [
	// import a, { type b } from "c"; export { a } from "b"; export * from "c"
	/^import\s+(?<type>type\s+)?[\w*{][^"';]*?\sfrom\s+"(?<from>[^"]+)"/gm,
	/^export\s+(?<type>type\s+)?(?:\*(?:\s+as\s+\w+)?|\{[^}]*\})\s*from\s+"(?<from>[^"]+)"/gm,
	/^import\s+"(?<from>[^"]+)"/gm,
	// import("a") in code and in types, createRequire(…)("a")
	/\bimport\("(?<from>[^"]+)"\)/g,
	/\bcreateRequire\([^()]*\)\("(?<from>[^"]+)"\)/g,
];

/** Source text → its imports. With `verbatimModuleSyntax`, `import { type A }` stays at run time. */
function readImports(source: string): Import[] {
	return STATEMENTS.flatMap((statement) =>
		[...source.matchAll(statement)].map(({ groups }) => ({
			from: groups?.from ?? "",
			isType: groups?.type !== undefined,
		})),
	);
}

function eachImport(imports: Imports): [file: string, one: Import][] {
	return [...imports].flatMap(([file, all]) => all.map((one): [string, Import] => [file, one]));
}

function isRelative(from: string): boolean {
	return from.startsWith(".");
}

function resolve(file: string, from: string): string {
	return normalize(join(dirname(file), from)).replaceAll("\\", "/");
}

function folderOf(file: string): string {
	return file.split("/")[0] ?? "";
}

/** `@scope/name/part` → `@scope/name`. */
function packageOf(from: string): string {
	return from
		.split("/")
		.slice(0, from.startsWith("@") ? 2 : 1)
		.join("/");
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));

function readTree(): Imports {
	const folders = Object.keys(ARROWS).filter((folder) => existsSync(join(ROOT, folder)));
	const files = folders.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
			.filter((path) => /\.tsx?$/.test(path))
			.map((path) => `${folder}/${path.replaceAll("\\", "/")}`),
	);
	return new Map(
		files.map((file) => [file, readImports(readFileSync(join(ROOT, file), "utf8"))] as const),
	);
}

/** Files with what they import; `type:` before a name stands for a type-only import. */
function tree(files: Record<string, string[]>): Imports {
	const entries = Object.entries(files).map(([file, all]) => {
		const imports = all.map((each) => ({
			from: each.replace(/^type:/, ""),
			isType: each.startsWith("type:"),
		}));
		return [file, imports] as const;
	});
	return new Map(entries);
}

describe("the imports of all source files", () => {
	const imports = readTree();

	test("are read: the tree has many files and known arrows among them", () => {
		expect(imports.size).toBeGreaterThan(100);
		expect(imports.get("protocol/chunk.ts")).toContainEqual({ from: "./limits.ts", isType: false });
		expect(imports.get("server/app.ts")?.map(({ from }) => from)).toContain("fastify");
		const folders = new Set([...imports.keys()].map(folderOf));
		for (const folder of ["protocol", "replay", "recorder", "server", "viewer", "demo", "test"]) {
			expect(folders).toContain(folder);
		}
	});

	test("follow the arrows of the design", () => {
		expect(findForbiddenArrows(imports)).toEqual([]);
	});

	test("never go in a circle", () => {
		expect(findCircles(imports)).toEqual([]);
	});

	test("take each package into one file of the product", () => {
		expect(findUnwrapped(imports)).toEqual([]);
	});

	test("name files that exist, with their extension", () => {
		expect(findMissing(imports, (file) => existsSync(join(ROOT, file)))).toEqual([]);
	});
});

describe("the check of imports", () => {
	test.each<[string, string, Import[]]>([
		["a name", 'import { a } from "./a.ts";', [{ from: "./a.ts", isType: false }]],
		["all of it", 'import * as a from "./a.ts";', [{ from: "./a.ts", isType: false }]],
		["a default", 'import a, { b } from "a";', [{ from: "a", isType: false }]],
		["many lines", 'import {\n\ta,\n\ttype B,\n} from "a";', [{ from: "a", isType: false }]],
		["types", 'import type { A } from "a";', [{ from: "a", isType: true }]],
		["types, written one by one", 'import { type A } from "a";', [{ from: "a", isType: false }]],
		["nothing but its effect", 'import "./a.css";', [{ from: "./a.css", isType: false }]],
		[
			"what is exported on",
			'export { a } from "./a.ts";\nexport * from "./b.ts";',
			[
				{ from: "./a.ts", isType: false },
				{ from: "./b.ts", isType: false },
			],
		],
		[
			"types that are exported on",
			'export type { A } from "./a.ts";',
			[{ from: "./a.ts", isType: true }],
		],
		[
			"something later",
			`const a = await ${"import"}("./a.ts");`,
			[{ from: "./a.ts", isType: false }],
		],
		[
			"something required",
			'createRequire(import.meta.url)("chdb")',
			[{ from: "chdb", isType: false }],
		],
		[
			"nothing, in a comment or a text",
			'// import { a } from "a";\nconst b = \'import { a } from "a"\';',
			[],
		],
		["nothing, in an export of its own", 'export const from = "a";\nexport function f() {}', []],
	])("reads an import of %s", (_, source, want) => {
		expect(readImports(source)).toEqual(want);
	});

	test.each<[string, Record<string, string[]>, string[]]>([
		[
			"protocol that imports anything",
			{ "protocol/a.ts": ["../replay/b.ts"] },
			["protocol/a.ts imports replay/b.ts"],
		],
		[
			"protocol that imports types of anything",
			{ "protocol/a.ts": ["type:../server/b.ts"] },
			["protocol/a.ts imports server/b.ts"],
		],
		[
			"protocol that imports a package",
			{ "protocol/a.ts": ["zod"] },
			["protocol/a.ts imports zod"],
		],
		[
			"protocol that imports of Node",
			{ "protocol/a.ts": ["node:zlib"] },
			["protocol/a.ts imports node:zlib"],
		],
		[
			"protocol that imports json-schema-to-ts at run time",
			{ "protocol/a.ts": ["json-schema-to-ts"] },
			["protocol/a.ts imports json-schema-to-ts"],
		],
		[
			"replay that imports the server",
			{ "replay/a.ts": ["../server/b.ts"] },
			["replay/a.ts imports server/b.ts"],
		],
		[
			"replay that imports of Node",
			{ "replay/a.ts": ["node:fs"] },
			["replay/a.ts imports node:fs"],
		],
		[
			"the recorder that imports replay",
			{ "recorder/a.ts": ["../replay/b.ts"] },
			["recorder/a.ts imports replay/b.ts"],
		],
		[
			"the recorder that imports a package",
			{ "recorder/b/a.ts": ["lodash"] },
			["recorder/b/a.ts imports lodash"],
		],
		[
			"the server that imports the recorder",
			{ "server/x/a.ts": ["../../recorder/b.ts"] },
			["server/x/a.ts imports recorder/b.ts"],
		],
		[
			"the server that imports the demo",
			{ "server/a.ts": ["../demo/b.ts"] },
			["server/a.ts imports demo/b.ts"],
		],
		[
			"the viewer that imports the server",
			{ "viewer/a.tsx": ["type:../server/b.ts"] },
			["viewer/a.tsx imports server/b.ts"],
		],
		[
			"the viewer that imports of Node",
			{ "viewer/a.tsx": ["node:fs"] },
			["viewer/a.tsx imports node:fs"],
		],
		[
			"the demo that imports a test",
			{ "demo/a.ts": ["../test/b.ts"] },
			["demo/a.ts imports test/b.ts"],
		],
		[
			"anything that imports what is in no folder",
			{ "server/a.ts": ["../build.mjs", "../../x.ts"] },
			["server/a.ts imports build.mjs", "server/a.ts imports ../x.ts"],
		],
		[
			"nothing where the arrows are kept",
			{
				"protocol/a.ts": ["./b.ts", "type:json-schema-to-ts"],
				"recorder/a.ts": ["../protocol/a.ts"],
				"server/a.ts": ["../protocol/a.ts", "../replay/a.ts", "node:fs", "fastify"],
				"viewer/a.tsx": ["../replay/a.ts", "preact/hooks"],
				"demo/a.ts": ["../server/a.ts"],
				"test/a.test.ts": ["../viewer/a.tsx", "vitest", "node:fs"],
			},
			[],
		],
	])("names %s", (_, files, want) => {
		expect(findForbiddenArrows(tree(files))).toEqual(want);
	});

	test.each<[string, Record<string, string[]>, string[]]>([
		["a file that imports itself", { "a/a.ts": ["./a.ts"] }, ["a/a.ts"]],
		["two files", { "a/b.ts": ["./a.ts"], "a/a.ts": ["./b.ts"] }, ["a/a.ts → a/b.ts"]],
		[
			"three files",
			{ "a/c.ts": ["./a.ts"], "a/a.ts": ["./b.ts"], "a/b.ts": ["./c.ts"] },
			["a/a.ts → a/b.ts → a/c.ts"],
		],
		[
			"a circle behind a road that leads to it",
			{ "a/a.ts": ["./b.ts"], "a/b.ts": ["./c.ts"], "a/c.ts": ["./b.ts"] },
			["a/b.ts → a/c.ts"],
		],
		["none by types", { "a/a.ts": ["type:./b.ts"], "a/b.ts": ["./a.ts"] }, []],
		[
			"none in two roads to one file",
			{ "a/a.ts": ["./b.ts", "./c.ts"], "a/b.ts": ["./d.ts"], "a/c.ts": ["./d.ts"], "a/d.ts": [] },
			[],
		],
	])("names circles: %s", (_, files, want) => {
		expect(findCircles(tree(files))).toEqual(want);
	});

	test.each<[string, Record<string, string[]>, string[]]>([
		[
			"a package of two files",
			{ "server/a.ts": ["pino"], "server/b.ts": ["pino/file"] },
			["pino is imported by server/a.ts, server/b.ts"],
		],
		[
			"a package of two folders",
			{ "server/a.ts": ["@a/b"], "viewer/b.ts": ["@a/b/c"] },
			["@a/b is imported by server/a.ts, viewer/b.ts"],
		],
		[
			"no package of one file",
			{
				"server/a.ts": ["pino", "pino/file"],
				"server/b.ts": ["@aws-sdk/a"],
				"server/c.ts": ["@aws-sdk/b"],
			},
			[],
		],
		["no types", { "server/a.ts": ["fastify"], "server/b.ts": ["type:fastify"] }, []],
		[
			"no language of a folder",
			{ "viewer/a.tsx": ["preact/hooks"], "viewer/b.tsx": ["preact", "@preact/signals"] },
			[],
		],
		[
			"no tools of tests",
			{ "server/a.ts": ["pino"], "test/a.ts": ["pino", "vitest"], "test/b.ts": ["vitest"] },
			[],
		],
		["nothing of Node", { "server/a.ts": ["node:fs"], "server/b.ts": ["node:fs"] }, []],
	])("names what is not wrapped in one file: %s", (_, files, want) => {
		expect(findUnwrapped(tree(files))).toEqual(want);
	});

	test("names imports of files that are not there", () => {
		const files = { "a/a.ts": ["./b.ts", "./b", "./c.ts", "vitest"], "a/b.ts": [] };
		const exists = (file: string) => file in files;
		expect(findMissing(tree(files), exists)).toEqual([
			"a/a.ts imports ./b",
			"a/a.ts imports ./c.ts",
		]);
	});
});
