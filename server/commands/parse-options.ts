// The options of one command, and what is said where they were given wrongly.
import { parseArgs } from "node:util";

/** How it was called is wrong; the message says what came. */
export class UsageError extends Error {
	override name = "UsageError";
}

export type OptionTypes = Record<string, { type: "boolean" | "string"; short?: string }>;
export type Values = Readonly<Record<string, string | boolean | undefined>>;

const EVERYWHERE: OptionTypes = {
	json: { type: "boolean" },
	help: { type: "boolean", short: "h" },
};

/** @throws UsageError */
export function parseOptions(command: string, args: readonly string[], own: OptionTypes): Values {
	try {
		const options = { ...own, ...EVERYWHERE };
		return { ...parseArgs({ args: [...args], options, strict: true }).values } as Values;
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new UsageError(`snag ${command}: ${message}`);
	}
}

/** @throws UsageError */
export function readCount(
	values: Values,
	name: string,
	{ least = 0, most, otherwise }: { least?: number; most: number; otherwise?: number },
): number | undefined {
	const text = values[name];
	if (text === undefined) return otherwise;
	const count = /^\d{1,16}$/.test(String(text)) ? Number(text) : Number.NaN;
	if (count >= least && count <= most) return count;
	throw new UsageError(`--${name} takes a whole number from ${least} to ${most}, not ${text}.`);
}
