// Origins as people paste them.

export const MOST_ORIGINS = 50;
const ORIGIN_LENGTH = 300;

/** A whole address will do: what follows host and port is dropped. @returns undefined for what is none */
export function parseOrigin(text: string): string | undefined {
	if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
	const { origin } = new URL(text);
	return origin.length <= ORIGIN_LENGTH ? origin : undefined;
}

/** What is typed to be added to a list of origins → the origin, or what is wrong with it, in words. */
export function parseAddedOrigin(
	text: string,
	known: readonly string[],
): { origin: string } | { problem: string } {
	const typed = text.trim();
	if (typed === "") return { problem: "Type an origin, as https://www.example.com." };
	const origin = parseOrigin(typed);
	if (origin === undefined) {
		const complete = parseOrigin(`https://${typed}`);
		if (complete !== undefined && !typed.includes("://")) {
			return { problem: `The scheme is missing: ${complete}, or with http if it has no TLS.` };
		}
		return { problem: `“${typed}” is no origin: https://www.example.com is one.` };
	}
	if (known.includes(origin)) return { problem: `${origin} is allowed already.` };
	if (known.length >= MOST_ORIGINS) return { problem: `At most ${MOST_ORIGINS} origins.` };
	return { origin };
}
