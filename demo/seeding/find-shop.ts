/** Makes sure that what is about to be visited by a crowd is a demo shop that a running server records. */
const ANSWER_MS = 5000;

/** @throws Error that says what to do */
export async function findShop(shopUrl: string): Promise<void> {
	const page = await ask(shopUrl);
	if (page === undefined) {
		throw new Error(
			`no shop answers at ${shopUrl}: run npm start first, or say with --shop where it is`,
		);
	}
	const script = /<script async src="([^"]+)" data-site="/.exec(page)?.[1];
	if (script === undefined || !page.includes('data-testid="hero-shop"')) {
		throw new Error(
			`what answers at ${shopUrl} is not the demo shop of Snag, and simulated visitors go nowhere else; --shop says where it is`,
		);
	}
	if (!(await ask(script))) {
		throw new Error(
			`the shop at ${shopUrl} is there, but ${script} does not answer: start the server as well`,
		);
	}
}

/** @returns "" where what answers is no page, undefined where nothing does */
async function ask(url: string): Promise<string | undefined> {
	try {
		const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
		return answer.ok ? await answer.text() : "";
	} catch {
		return undefined;
	}
}
