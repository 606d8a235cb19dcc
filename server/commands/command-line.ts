// Words of a command line → what is asked for. Help lists what there is and nothing else.
import type { JobName, JobRequest } from "../lifecycle/jobs.ts";
import { parseSince } from "../lifecycle/parse-since.ts";
import { EXPORT_OPTIONS, type ExportRequest, parseExport } from "./parse-export.ts";
import { type OptionTypes, parseOptions, UsageError, type Values } from "./parse-options.ts";
import { parseSeed, SEED_OPTIONS } from "./parse-seed.ts";
import type { SeedRequest } from "./seed.ts";

export const COMMANDS = [
	...([
		"serve",
		"seed",
		"export",
		"reindex",
		"detect",
		"erase",
		"sweep",
		"doctor",
		"help",
	] as const),
] as const;

export const HELP = `snag <command>

  serve                          start the server
  seed --visitors N              send simulated visitors through the demo shop that npm start runs
       [--seed S] [--parallel K] [--share fault=0.3] [--shop URL]
                                 the same seed sends the same visitors; K (3) are there at once;
                                 of ten, three meet a fault planted in the shop, and five none
  export heatmap --site ID --page /x
       [--kind press] [--group 0-479] [--from 2026-01-31] [--to …] [--unit unique|all] [--pointer …]
       [--state …] [--filter "browser:…"] [--width PX] [--format csv|json] [--bins] [--out FILE]
                                 a heatmap as a table of its elements, or all of it as JSON
  reindex [--fresh]              count everything in the store that the index has not counted; may be ended
                                 and begun again at any time. --fresh forgets everything before
  detect [--since 7d] [--site ID] [--dry-run]
                                 look for friction again in the sessions that began since then (7d, 12h,
                                 2026-01-31; without it in all), and tell what is found otherwise, by kind
                                 and by element. --dry-run only tells. Ended, it goes on where it was
  erase --site ID --visitor ID   erase a visitor's sessions up to now from every store
  erase --site ID --session ID   erase one session
  sweep [--dry-run]              finish erasures and delete what is older than the retention
  doctor                         hold store, index and control data against each other
  help                           this text

--json prints the result as JSON. The configuration is that of the server, from the environment
(SNAG_DATA, SNAG_STORAGE, …): where a server runs with it, the command asks the server to do the work.`;

export type Command =
	| { name: "serve" }
	| { name: "help" }
	| { name: "seed"; request: SeedRequest; isJson: boolean }
	| { name: "export"; request: ExportRequest }
	| { name: "job"; request: JobRequest; isJson: boolean };

const JOB_OPTIONS: Record<JobName, OptionTypes> = {
	reindex: { fresh: { type: "boolean" } },
	erase: { site: { type: "string" }, visitor: { type: "string" }, session: { type: "string" } },
	detect: {
		...{ since: { type: "string" }, site: { type: "string" }, "dry-run": { type: "boolean" } },
	},
	sweep: { "dry-run": { type: "boolean" } },
	doctor: {},
};

/** @throws UsageError */
export function parseCommandLine([word = "help", ...rest]: readonly string[]): Command {
	if (word === "serve") return { name: "serve" };
	if (["help", "--help", "-h"].includes(word)) return { name: "help" };
	const { options, parse } = findParser(word);
	const values = parseOptions(word, word === "export" ? takeHeatmap(rest) : rest, options);
	return values.help === true ? { name: "help" } : parse(values);
}

/** So that more than maps can be exported one day. */
function takeHeatmap([what = "", ...rest]: readonly string[]): readonly string[] {
	if (what === "heatmap") return rest;
	if (what === "--help" || what === "-h") return [what];
	throw new UsageError("snag export needs to be told what: snag export heatmap.");
}

interface Parser {
	options: OptionTypes;
	/** @throws UsageError */
	parse(values: Values): Command;
}

/** @throws UsageError */
function findParser(word: string): Parser {
	if (isJob(word)) {
		return {
			options: JOB_OPTIONS[word],
			parse: (values) => ({
				...{ name: "job", isJson: values.json === true },
				request: parseJob(word, values),
			}),
		};
	}
	const parser = Object.hasOwn(PARSERS, word) ? PARSERS[word] : undefined;
	if (parser === undefined) throw new UsageError(`There is no command ${word.slice(0, 40)}.`);
	return parser;
}

const PARSERS: Readonly<Record<string, Parser>> = {
	seed: {
		options: SEED_OPTIONS,
		parse: (values) => ({
			...{ name: "seed", isJson: values.json === true },
			request: parseSeed(values),
		}),
	},
	export: {
		options: EXPORT_OPTIONS,
		parse: (values) => ({ name: "export", request: parseExport(values) }),
	},
};

function isJob(word: string): word is JobName {
	return Object.hasOwn(JOB_OPTIONS, word);
}

function parseJob(job: JobName, values: Values): JobRequest {
	if (job === "erase") checkErase(values);
	if (job === "detect") checkSince(values);
	return {
		job,
		...(values.fresh === true && { fresh: true }),
		...(values["dry-run"] === true && { dryRun: true }),
		...(values.since !== undefined && { since: values.since }),
		...(values.site !== undefined && { site: values.site }),
		...(values.visitor !== undefined && { visitor: values.visitor }),
		...(values.session !== undefined && { session: values.session }),
	};
}

function checkSince({ since }: Values): void {
	if (since === undefined || parseSince(String(since), Date.now()) !== undefined) return;
	throw new UsageError(`--since takes 7d, 12h or a time as 2026-01-31, not ${since}.`);
}

function checkErase({ site, visitor, session }: Values): void {
	if (site === undefined) throw new UsageError("snag erase needs --site and a site's id.");
	if ((visitor === undefined) === (session === undefined)) {
		throw new UsageError("snag erase needs either --visitor or --session and an id.");
	}
}
