import { describe, expect, test } from "vitest";
import { COMMANDS, HELP, parseCommandLine } from "../../../server/commands/command-line.ts";
import { UsageError } from "../../../server/commands/parse-options.ts";
import { createProgressLine, formatProgress } from "../../../server/commands/progress-line.ts";

const VISITOR = "0123456789abcdef0123456789abcdef";

test.each([
	["", { name: "help" }],
	["--help", { name: "help" }],
	["sweep -h", { name: "help" }],
	["serve", { name: "serve" }],
	["doctor --json", { name: "job", isJson: true, request: { job: "doctor" } }],
	["detect", { name: "job", isJson: false, request: { job: "detect" } }],
	[
		"detect --since 7d --site 1 --dry-run --json",
		{ name: "job", isJson: true, request: { job: "detect", since: "7d", site: "1", dryRun: true } },
	],
	["reindex", { name: "job", isJson: false, request: { job: "reindex" } }],
	["reindex --fresh", { name: "job", isJson: false, request: { job: "reindex", fresh: true } }],
	["sweep --dry-run", { name: "job", isJson: false, request: { job: "sweep", dryRun: true } }],
	[
		`erase --site 1 --visitor ${VISITOR}`,
		{ name: "job", isJson: false, request: { job: "erase", site: "1", visitor: VISITOR } },
	],
	[
		"export heatmap --site 1 --page /x",
		{
			name: "export",
			request: { site: "1", query: { page: "/x" }, format: "csv", bins: false, out: "" },
		},
	],
	[
		"export heatmap --site 1 --page /x --kind first --group 0-479 --from 2026-01-31 --to 1770000000000 --unit all --width 390 --bins --json --out map.json",
		{
			name: "export",
			request: {
				...{ site: "1", format: "json", bins: true, out: "map.json" },
				query: {
					...{ page: "/x", kind: "first", group: "0-479", unit: "all", width: "390" },
					...{ from: String(Date.UTC(2026, 0, 31)), to: "1770000000000" },
				},
			},
		},
	],
	["export heatmap --help", { name: "help" }],
	["export --help", { name: "help" }],
	["seed --visitors 100", { name: "seed", isJson: false, request: { visitors: 100, parallel: 3 } }],
	[
		"seed --visitors 5 --share fault=0.25",
		{ name: "seed", isJson: false, request: { visitors: 5, parallel: 3, faultShare: 0.25 } },
	],
	[
		"seed --visitors 5 --seed 0 --parallel 2 --shop http://127.0.0.1:4001/ --json",
		{
			...{ name: "seed", isJson: true },
			request: { visitors: 5, parallel: 2, seed: 0, shop: "http://127.0.0.1:4001" },
		},
	],
])("`snag %s` is understood", (line, want) => {
	expect(parseCommandLine(line.split(" ").filter(Boolean))).toEqual(want);
});

test.each([
	["fly", "There is no command fly."],
	["constructor", "There is no command constructor."],
	["sweep --now", "snag sweep: Unknown option '--now'"],
	["reindex all", "snag reindex: Unexpected argument 'all'"],
	["erase --site 1", "snag erase needs either --visitor or --session and an id."],
	["erase --site 1 --visitor a --session b", "snag erase needs either --visitor or --session"],
	["erase --visitor a", "snag erase needs --site and a site's id."],
	["detect --since monday", "--since takes 7d, 12h or a time as 2026-01-31, not monday."],
	["export", "snag export needs to be told what: snag export heatmap."],
	["export sessions --site 1", "snag export needs to be told what"],
	["export heatmap --page /x", "snag export heatmap needs --site"],
	["export heatmap --site 1", "snag export heatmap needs --page"],
	["export heatmap --site 1 --page /x --format png", "--format takes csv or json, not png."],
	["export heatmap --site 1 --page /x --from monday", "--from takes a time as 2026-01-31"],
	["export heatmap --site 1 --page /x --width wide", "--width takes a whole number"],
	["seed", "snag seed needs --visitors and how many"],
	["seed --visitors 0", "--visitors takes a whole number from 1 to 10000, not 0."],
	["seed --visitors many", "--visitors takes a whole number from 1 to 10000, not many."],
	["seed --visitors 3 --seed -1", "snag seed: Option '--seed' argument is ambiguous"],
	["seed --visitors 3 --parallel 99", "--parallel takes a whole number from 1 to 16, not 99."],
	["seed --visitors 3 --share 0.3", "--share takes fault= and a number from 0 to 0.5, not 0.3."],
	["seed --visitors 3 --share fault=0.6", "--share takes fault= and a number from 0 to 0.5"],
	["seed --visitors 3 --share fault=", "--share takes fault= and a number from 0 to 0.5"],
	["seed --visitors 3 --shop localhost", "--shop takes an address as http://localhost:4001"],
])("`snag %s` is refused by what is wrong with it", (line, want) => {
	const parse = () => parseCommandLine(line.split(" "));
	expect(parse).toThrow(UsageError);
	expect(parse).toThrow(want);
});

test("help names every command there is", () => {
	for (const name of COMMANDS) expect(HELP).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
});

describe("progress", () => {
	test.each([
		[{ step: "starting", done: 0, total: 0 }, 0, "starting"],
		[{ step: "deleting", done: 7, total: 0 }, 500, "deleting 7"],
		[{ step: "counting", done: 0, total: 9, note: "0 chunks" }, 0, "counting 0/9, 0 chunks"],
		[{ step: "counting", done: 30, total: 90 }, 2000, "counting 30/90, 15/s, 4 s left"],
		[{ step: "counting", done: 90, total: 90 }, 60_000, "counting 90/90, 1.5/s"],
	])("%j after %i ms reads %s", (progress, elapsedMs, want) => {
		expect(formatProgress(progress, elapsedMs)).toBe(want);
	});

	const collect = (isTTY: boolean) => {
		let at = 0;
		const written: string[] = [];
		const line = createProgressLine(
			{ isTTY, write: (text: string) => written.push(text) },
			() => at,
		);
		for (let done = 0; done <= 4; done++, at += 60) line.report({ step: "a", done, total: 4 });
		line.log("a word");
		return written;
	};

	test("is one line that is written over on a terminal", () => {
		const clear = "\r\x1b[2K";
		expect(collect(true)).toEqual([
			...[`${clear}a 0/4`, `${clear}a 2/4`, `${clear}a 4/4`],
			...[clear, "a word\n"],
		]);
	});

	test("is a line for the beginning and the end of a step in a log", () => {
		expect(collect(false)).toEqual(["a 0/4\n", "a 4/4\n", "a word\n"]);
	});
});
