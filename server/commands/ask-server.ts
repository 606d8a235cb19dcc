// A running server does the work and tells how far it is.
import { StartError } from "../errors.ts";
import type { JobLine, JobOptions, JobRequest, JobResult } from "../lifecycle/jobs.ts";

const FIND_MS = 3000;

export interface RunningServer {
	url: string;
	token: string;
}

/** @returns undefined where none answers, or only one that does not know our tokens */
export async function findServer(
	urls: readonly string[],
	tokens: readonly string[],
): Promise<RunningServer | undefined> {
	for (const url of urls) {
		for (const token of tokens) {
			const answer = await fetch(`${url}/api/v1/admin`, {
				headers: { authorization: `Bearer ${token}` },
				signal: AbortSignal.timeout(FIND_MS),
				redirect: "error",
			}).catch(() => undefined);
			await answer?.body?.cancel();
			if (answer?.ok) return { url, token };
		}
	}
	return undefined;
}

/** @throws StartError with what the server said */
export async function askServer(
	{ url, token }: RunningServer,
	{ job, ...body }: JobRequest,
	{ report, signal }: JobOptions,
): Promise<JobResult> {
	const answer = await fetch(`${url}/api/v1/admin/${job}`, {
		method: "POST",
		headers: {
			authorization: `Bearer ${token}`,
			"content-type": "application/json",
			// Compressed lines would come late.
			"accept-encoding": "identity",
		},
		body: JSON.stringify(body),
		...(signal && { signal }),
	});
	for await (const line of readLines(answer)) {
		if (line.kind === "progress") report(line);
		else if (line.kind === "done") return line;
		else throw new StartError(line.message);
	}
	throw new StartError(`the server at ${url} ended before the work did; run the command again`);
}

async function* readLines(answer: Response): AsyncIterable<JobLine> {
	let rest = "";
	const decoder = new TextDecoder();
	for await (const bytes of answer.body ?? []) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
		rest = lines.pop() ?? "";
		for (const line of lines) yield JSON.parse(line) as JobLine;
	}
}
