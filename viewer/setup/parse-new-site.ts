// What is typed into the form → a site to add, or what is wrong with it, in words.
import type { NewSite } from "../../protocol/api.ts";
import { MOST_ORIGINS, parseOrigin } from "./parse-origin.ts";

const NAME_LENGTH = 100;

export interface SiteProblems {
	name?: string;
	origins?: string;
}

/** Origins may be pasted as whole addresses: what follows the host and port is dropped. */
export function parseNewSite(
	name: string,
	origins: string,
): { site: NewSite | undefined; problems: SiteProblems } {
	const problems: SiteProblems = {};
	const title = name.trim();
	if (title === "") problems.name = "A site needs a name.";
	else if (title.length > NAME_LENGTH) problems.name = `At most ${NAME_LENGTH} characters.`;

	const lines = origins.split(/[\s,]+/).filter((line) => line !== "");
	const parsed = lines.map(parseOrigin);
	const wrong = lines.find((_, index) => parsed[index] === undefined);
	if (lines.length === 0) problems.origins = "Without an origin nothing would be accepted.";
	else if (wrong !== undefined)
		problems.origins = `“${wrong}” is no origin: https://www.example.com is one.`;
	else if (lines.length > MOST_ORIGINS) problems.origins = `At most ${MOST_ORIGINS} origins.`;

	if (problems.name !== undefined || problems.origins !== undefined) {
		return { site: undefined, problems };
	}
	const known = parsed.filter((origin) => origin !== undefined);
	return { site: { name: title, origins: [...new Set(known)] }, problems };
}
