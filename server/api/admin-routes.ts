// What `snag` commands ask of a running server, which alone may open the index: the same jobs that they run
// themselves where none is running. Answers are lines of JSON, so that progress shows while work goes on.
import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { JOBS, type JobLine, type JobName, type JobRequest, runJob } from "../lifecycle/jobs.ts";
import type { Progress } from "../lifecycle/progress.ts";
import type { ApiParts } from "./parts.ts";

/** A line at most this often: a job may report thousands of objects a second. */
const LINE_MS = 100;

const HIDDEN = { schema: { hide: true } };

export function registerAdminRoutes(app: FastifyInstance, parts: ApiParts): void {
	app.get("/admin", HIDDEN, async (request) => {
		parts.access.requireAdmin(request);
		return { jobs: JOBS };
	});
	for (const job of JOBS) {
		app.post<{ Body: Partial<JobRequest> | null }>(
			`/admin/${job}`,
			HIDDEN,
			async (request, reply) => {
				parts.access.requireAdmin(request);
				const stream = new PassThrough();
				const gone = new AbortController();
				reply.raw.once("close", () => gone.abort(new Error("the command has ended")));
				void answerJob(parts, { ...request.body, job }, { stream, signal: gone.signal });
				return reply.type("application/x-ndjson").send(stream);
			},
		);
	}
}

async function answerJob(
	parts: ApiParts,
	request: JobRequest & { job: JobName },
	{ stream, signal }: { stream: PassThrough; signal: AbortSignal },
): Promise<void> {
	const write = (line: JobLine) => stream.write(`${JSON.stringify(line)}\n`);
	let last = { step: "", at: 0 };
	const report = (progress: Progress): void => {
		const at = performance.now();
		if (progress.step === last.step && at - last.at < LINE_MS) return;
		last = { step: progress.step, at };
		write({ kind: "progress", ...progress });
	};
	try {
		write({ kind: "done", ...(await runJob(parts, request, { report, signal })) });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (!signal.aborted) parts.log(`snag ${request.job}: ${message}`);
		write({ kind: "failed", message });
	}
	stream.end();
}
