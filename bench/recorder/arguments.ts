// The words after `npm run bench:recorder --`: pages and recorders by name, how often and how.
import type { MeasuredPage } from "./pages.ts";
import type { MeasuredRecorder } from "./recorders.ts";

export interface RecorderBenchOptions {
	pages: MeasuredPage[];
	recorders: MeasuredRecorder[];
	rounds: number;
	json: boolean;
}

export interface Choices {
	pages: readonly MeasuredPage[];
	recorders: readonly MeasuredRecorder[];
}

const ROUNDS = 5;

/** Throws at a name that nothing has. No page named means all of them; so it does for recorders. */
export function readArguments(words: readonly string[], choices: Choices): RecorderBenchOptions {
	const at = words.indexOf("--rounds");
	const asked = at < 0 ? undefined : Number(words[at + 1]);
	if (asked !== undefined && !(Number.isInteger(asked) && asked > 0)) {
		throw new Error(`--rounds takes a number of rounds, not ${words[at + 1]}`);
	}
	const names = words
		.filter((word, index) => !word.startsWith("--") && (at < 0 || index !== at + 1))
		.map((word) => word.toLowerCase());
	const isNamed = ({ name, kind }: { name: string; kind: string }) =>
		names.includes(name.toLowerCase()) || names.includes(kind);
	const all = [...choices.pages, ...choices.recorders];
	const unknown = names.filter(
		(name) => !all.some((one) => [one.name.toLowerCase(), one.kind].includes(name)),
	);
	if (unknown.length > 0) {
		const known = all.map(({ name }) => name).join(", ");
		throw new Error(`There is no ${unknown.join(", ")}; there are ${known}.`);
	}
	const pages = choices.pages.filter(isNamed);
	const recorders = choices.recorders.filter(isNamed);
	return {
		pages: pages.length > 0 ? pages : [...choices.pages],
		// Without a page that nobody records there is nothing to compare with.
		recorders: choices.recorders.filter(
			(one) => recorders.length === 0 || one.kind === "none" || recorders.includes(one),
		),
		rounds: asked ?? (words.includes("--quick") ? 1 : ROUNDS),
		json: words.includes("--json"),
	};
}
