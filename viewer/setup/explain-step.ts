// The live check in words: for each code what it means and what to do about it.
import type { Setup, Site } from "../../protocol/api.ts";
import { parseOrigin } from "./parse-origin.ts";

type Step = Setup["steps"][number];

export const STEP_TITLES: Readonly<Record<Step["name"], string>> = {
	script: "The script was loaded",
	chunk: "The first data arrived",
	snapshot: "A picture of the page is stored",
	session: "The session can be watched",
};

const WAITING: Readonly<Record<Step["name"], string>> = {
	script: "Open a page that has the line in it. This turns green by itself.",
	chunk:
		"The script runs; its first data comes a second later. If nothing comes, look for a blocker in the browser or a Content-Security-Policy without this server in connect-src.",
	snapshot: "Data arrives; the picture of the page follows with the first events.",
	session: "Everything is stored. The session shows as soon as it has been counted.",
};

export interface StepExplanation {
	text: string;
	/** The origin to offer to allow, "" for none. */
	allow: string;
}

export function explainStep(step: Step, site: Pick<Site, "key" | "origins">): StepExplanation {
	const text = (words: string): StepExplanation => ({ text: words, allow: "" });
	switch (step.code) {
		case "":
		case "nothing_yet":
			return text(WAITING[step.name]);
		case "unknown_site":
			return text(
				`Data came with a site key that is not known here. The key of this site is ${site.key}: copy the line again.`,
			);
		case "origin_not_allowed":
			return explainOrigin(step, site);
		case "no_snapshot":
			return text(
				"Data arrives but no picture of the page. Its Content-Security-Policy may stop the second part of the script, or the page was left within its first second.",
			);
		case "index_unavailable":
			return text(
				"The index is not answering, so nothing can be counted. Recording goes on and nothing is lost; this goes on by itself.",
			);
		case "store_unavailable":
			return text(
				"The storage is not answering. Recorders keep what they have and try again; check the disk or the bucket.",
			);
		case "over_budget":
			return text("More came than this site may send. Recorders wait and try again.");
		case "unknown_version":
			return text("The script on the page is of another version. Load it from this server again.");
		default:
			return text("What came was refused. The server says why below.");
	}
}

function explainOrigin({ message }: Step, site: Pick<Site, "origins">): StepExplanation {
	const came = findRefusedOrigin(message);
	if (came !== "" && site.origins.includes(came)) {
		return { text: `${came} is allowed now. This turns green with the next visit.`, allow: "" };
	}
	const allowed = site.origins.length === 0 ? "none is" : `${site.origins.join(", ")} may`;
	const what = came === "" ? "from an origin" : `from ${came}`;
	return {
		text: `Data came ${what} that is not allowed: ${allowed} send for this site. Scheme, host and port must all be the same.`,
		allow: came,
	};
}

/** Strangers can make the server say this: what is not exactly an origin is not offered. */
function findRefusedOrigin(message: string): string {
	const came = /^(https?:\/\/\S+) came\b/.exec(message)?.[1] ?? "";
	return parseOrigin(came) === came ? came : "";
}
