// The long work that people ask for, by name: what the commands run in their own process and what a
// running server does for them is the same function.
import { isRandomId, isSessionId } from "../../protocol/ids.ts";
import type { SiteRow, Sites } from "../control/sites.ts";
import { ApiError } from "../errors.ts";
import type { Lifecycle, Subject } from "./lifecycle.ts";
import { parseSince } from "./parse-since.ts";
import type { Report } from "./progress.ts";

export const JOBS = ["reindex", "detect", "erase", "sweep", "doctor"] as const;
export type JobName = (typeof JOBS)[number];

/** As asked for; every field may be anything. */
export interface JobRequest {
	job: JobName;
	fresh?: unknown;
	dryRun?: unknown;
	since?: unknown;
	site?: unknown;
	visitor?: unknown;
	session?: unknown;
}

/** `isHealthy` false makes a command end with 1. */
export interface JobResult {
	job: JobName;
	isHealthy: boolean;
	result: object;
}

/** What a server that does a job for a command tells it, one JSON a line. */
export type JobLine =
	| ({ kind: "progress" } & Parameters<Report>[0])
	| ({ kind: "done" } & JobResult)
	| { kind: "failed"; message: string };

export interface JobParts {
	sites: Sites;
	lifecycle: Lifecycle;
}

export interface JobOptions {
	report: Report;
	signal?: AbortSignal;
}

/** @throws ApiError bad_request | not_found, StoreError, IndexUnavailable */
export async function runJob(
	{ sites, lifecycle }: JobParts,
	request: JobRequest,
	{ report, signal }: JobOptions,
): Promise<JobResult> {
	const { job } = request;
	switch (job) {
		case "reindex": {
			const options = { isFresh: request.fresh === true, report, ...(signal && { signal }) };
			return { job, isHealthy: true, result: await lifecycle.reindex(options) };
		}
		case "detect": {
			const site = request.site === undefined ? undefined : await findSite(sites, request.site);
			const result = await lifecycle.detect({
				...{ ...readSince(request.since), site: site?.id ?? 0, isDryRun: request.dryRun === true },
				...{ report, ...(signal && { signal }) },
			});
			return { job, isHealthy: true, result };
		}
		case "sweep": {
			const result = await lifecycle.sweep({ isDryRun: request.dryRun === true, report });
			return { job, isHealthy: true, result };
		}
		case "erase": {
			const site = await findSite(sites, request.site);
			const { receipt } = await lifecycle.erase(parseSubject(site.id, request), report);
			return { job, isHealthy: true, result: await receipt };
		}
		case "doctor": {
			const result = await lifecycle.examine(report);
			return { job, isHealthy: result.problems === 0, result };
		}
	}
}

/** @throws ApiError not_found */
async function findSite(sites: Sites, id: unknown): Promise<SiteRow> {
	const site = await sites.find(String(id ?? ""));
	if (site !== undefined) return site;
	throw new ApiError("not_found", `there is no site ${String(id).slice(0, 40)}`);
}

/** All there is where nothing is said. @throws ApiError bad_request */
function readSince(text: unknown): { asked: string; since: number } {
	const asked = typeof text === "string" ? text : "";
	const since = asked === "" ? 0 : parseSince(asked, Date.now());
	if (since === undefined) throw new ApiError("bad_request", "since is no time");
	return { asked, since };
}

/** @throws ApiError bad_request */
export function parseSubject(
	site: number,
	{ visitor, session }: { visitor?: unknown; session?: unknown },
): Subject {
	if (isRandomId(visitor) && session === undefined) {
		return { site, kind: "visitor", subject: visitor };
	}
	if (isSessionId(session) && visitor === undefined) {
		return { site, kind: "session", subject: session };
	}
	throw new ApiError("bad_request", "name a visitor (32 hex digits) or a session (its id)");
}
