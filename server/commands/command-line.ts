// Words of a command line → what is asked for. Help lists what there is and nothing else.
import { parseArgs } from "node:util";
import type { JobName, JobRequest } from "../lifecycle/jobs.ts";

export const COMMANDS = ["serve", "reindex", "erase", "sweep", "doctor", "help"] as const;

export const HELP = `snag <command>

  serve                          start the server
  reindex [--fresh]              count everything in the store that the index has not counted; may be ended
                                 and begun again at any time. --fresh forgets everything before
  erase --site ID --visitor ID   erase a visitor's sessions up to now from every store
  erase --site ID --session ID   erase one session
  sweep [--dry-run]              finish erasures and delete what is older than the retention
  doctor                         hold store, index and control data against each other
  help                           this text

--json prints the result as JSON. The configuration is that of the server, from the environment
(SNAG_DATA, SNAG_STORAGE, …): where a server runs with it, the command asks the server to do the work.`;

/** How it was called is wrong; the message says what came. */
export class UsageError extends Error {
	override name = "UsageError";
}

export type Command =
	| { name: "serve" }
	| { name: "help" }
	| { name: "job"; request: JobRequest; isJson: boolean };

type Options = Record<string, { type: "boolean" | "string"; short?: string }>;

const OPTIONS: Record<JobName, Options> = {
	reindex: { fresh: { type: "boolean" } },
	erase: { site: { type: "string" }, visitor: { type: "string" }, session: { type: "string" } },
	sweep: { "dry-run": { type: "boolean" } },
	doctor: {},
};

/** @throws UsageError */
export function parseCommandLine([word = "help", ...rest]: readonly string[]): Command {
	if (word === "serve") return { name: "serve" };
	if (["help", "--help", "-h"].includes(word)) return { name: "help" };
	if (!isJob(word)) throw new UsageError(`There is no command ${word.slice(0, 40)}.`);
	const values = parseOptions(word, rest);
	if (values.help === true) return { name: "help" };
	if (word === "erase") checkErase(values);
	return {
		name: "job",
		isJson: values.json === true,
		request: {
			job: word,
			...(values.fresh === true && { fresh: true }),
			...(values["dry-run"] === true && { dryRun: true }),
			...(values.site !== undefined && { site: values.site }),
			...(values.visitor !== undefined && { visitor: values.visitor }),
			...(values.session !== undefined && { session: values.session }),
		},
	};
}

function isJob(word: string): word is JobName {
	return Object.hasOwn(OPTIONS, word);
}

function parseOptions(word: JobName, args: readonly string[]): Record<string, unknown> {
	const options: Options = {
		...OPTIONS[word],
		json: { type: "boolean" },
		help: { type: "boolean", short: "h" },
	};
	try {
		return { ...parseArgs({ args: [...args], options, strict: true }).values };
	} catch (error) {
		throw new UsageError(`snag ${word}: ${error instanceof Error ? error.message : String(error)}`);
	}
}

function checkErase({ site, visitor, session }: Record<string, unknown>): void {
	if (site === undefined) throw new UsageError("snag erase needs --site and a site's id.");
	if ((visitor === undefined) === (session === undefined)) {
		throw new UsageError("snag erase needs either --visitor or --session and an id.");
	}
}
