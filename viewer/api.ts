// The read API as functions. Nothing here throws: an error is a value that a screen can show, with the
// server's own code where it sent one.
import type {
	Backdrop,
	Health,
	Heatmap,
	HeatmapPresses,
	HeatmapZone,
	Manifest,
	NewSite,
	PageChoices,
	PageEffect,
	PageRules,
	PageRulesChange,
	Pages,
	RecorderCost,
	ReplayEvent,
	SessionEpisodes,
	Sessions,
	Setup,
	SignalReport,
	Site,
	SiteChange,
	Sites,
} from "../protocol/api.ts";
import type { BackdropAsk, MapAsk } from "./heatmap/map-view.ts";

/** Codes of ours beside the server's: nothing answered, the caller gave up, the answer was no JSON. */
export type LocalCode = "unreachable" | "aborted" | "unreadable";

export interface ApiError {
	/** A code of the server, a `LocalCode`, or "" for an answer without one. */
	code: string;
	message: string;
	/** HTTP status, 0 where there was no answer. */
	status: number;
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: ApiError };
export type Progress = (readBytes: number, totalBytes: number) => void;
export interface SessionQuery {
	limit?: number;
	cursor?: string;
	sort?: "friction" | "newest";
	kind?: string;
	page?: string;
	key?: string;
	filter?: string;
	/** Epoch ms. */
	from?: number;
}
export interface SignalsQuery {
	kind?: string;
	page?: string;
	key?: string;
	filter?: string;
	from?: number;
	limit?: number;
	cursor?: string;
}
type Query = Record<string, string | number | undefined>;

export type Api = ReturnType<typeof createApi>;

/** @param onUnauthorized is told of every answer that asks to sign in */
export function createApi(request: typeof fetch, onUnauthorized: () => void) {
	const call = async <T>(path: string, options: CallOptions = {}): Promise<Result<T>> => {
		const result = await callJson<T>(request, path, options);
		if (!result.ok && result.error.status === 401) onUnauthorized();
		return result;
	};
	const site = (id: string, path: string, query: Query = {}) =>
		`/api/v1/sites/${encodeURIComponent(id)}/${path}${formatQuery(query)}`;
	const session = (id: string) => `sessions/${encodeURIComponent(id)}`;

	return {
		readSites: (signal?: AbortSignal) => call<Sites>("/api/v1/sites", { signal }),
		createSite: (body: NewSite) => call<Site>("/api/v1/sites", { body }),
		changeSite: (id: string, body: SiteChange) =>
			call<Site>(`/api/v1/sites/${encodeURIComponent(id)}`, { method: "PATCH", body }),
		listSessions: (of: string, query: SessionQuery, signal?: AbortSignal) =>
			call<Sessions>(site(of, "sessions", { ...query }), { signal }),
		readSignals: (of: string, query: SignalsQuery, signal?: AbortSignal) =>
			call<SignalReport>(site(of, "signals", { ...query }), { signal }),
		readManifest: (of: string, id: string, signal?: AbortSignal) =>
			call<Manifest>(site(of, session(id)), { signal }),
		readEpisodes: (of: string, id: string, signal?: AbortSignal) =>
			call<SessionEpisodes>(site(of, `${session(id)}/episodes`), { signal }),
		/** `from` and `to` in ms from the session's start; without `tab`, whichever tab was active. */
		readEvents: (
			of: string,
			id: string,
			query: { tab?: string; from?: number; to?: number },
			options: { signal?: AbortSignal; onProgress?: Progress } = {},
		) => call<ReplayEvent[]>(site(of, `${session(id)}/events`, query), options),
		/** Where a part of a session is; it is fetched by the loader, in a worker of its own. */
		partUrl: (of: string, id: string, part: string) =>
			site(of, `${session(id)}/parts/${encodeURIComponent(part)}`),
		listPages: (of: string, query: { limit?: number; cursor?: string }, signal?: AbortSignal) =>
			call<Pages>(site(of, "pages", query), { signal }),
		readPageRules: (of: string, signal?: AbortSignal) =>
			call<PageRules>(site(of, "page-rules"), { signal }),
		changePageRules: (of: string, body: PageRulesChange) =>
			call<PageRules>(site(of, "page-rules"), { method: "PATCH", body }),
		/** What rules would do, without keeping them. */
		previewPageRules: (of: string, body: PageChoices, signal?: AbortSignal) =>
			call<PageEffect>(site(of, "page-rules/preview"), { body, signal }),
		readRecorderCost: (of: string, signal?: AbortSignal) =>
			call<RecorderCost>(site(of, "recorder-cost"), { signal }),
		readHeatmap: (of: string, query: MapAsk, signal?: AbortSignal) =>
			call<Heatmap>(site(of, "heatmap", { ...query }), { signal }),
		/** Presses on one element, in different sessions. */
		listPresses: (of: string, query: MapAsk & { key: string }, signal?: AbortSignal) =>
			call<HeatmapPresses>(site(of, "heatmap/presses", { ...query, limit: 3 }), { signal }),
		/** Elements by their `id`, each session counted once. */
		readZone: (of: string, query: MapAsk & { elements: string }, signal?: AbortSignal) =>
			call<HeatmapZone>(site(of, "heatmap/zone", { ...query }), { signal }),
		readBackdrop: (of: string, query: BackdropAsk, signal?: AbortSignal) =>
			call<Backdrop>(site(of, "heatmap/backdrop", { ...query }), { signal }),
		readSetup: (of: string, signal?: AbortSignal) => call<Setup>(site(of, "setup"), { signal }),
		/** Answers with a body at 503 too: what is not ready is the news. */
		readHealth: (signal?: AbortSignal) => call<Health>("/readyz", { signal, anyStatus: true }),
	};
}

interface CallOptions {
	/** GET, or POST where there is a body, unless it says otherwise. */
	method?: "PATCH";
	body?: object;
	signal?: AbortSignal;
	onProgress?: Progress;
	anyStatus?: boolean;
}

async function callJson<T>(
	request: typeof fetch,
	path: string,
	{ method, body, signal, onProgress, anyStatus = false }: CallOptions,
): Promise<Result<T>> {
	try {
		const answer = await request(path, {
			method: method ?? (body === undefined ? "GET" : "POST"),
			credentials: "same-origin",
			headers: {
				accept: "application/json",
				...(body !== undefined && { "content-type": "application/json" }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
			signal,
		});
		const text =
			onProgress === undefined ? await answer.text() : await readText(answer, onProgress);
		return parseAnswer<T>(answer.status, answer.ok || anyStatus, text);
	} catch (cause) {
		const code = signal?.aborted ? "aborted" : "unreachable";
		const message = cause instanceof Error ? cause.message : String(cause);
		return { ok: false, error: { code, message, status: 0 } };
	}
}

function parseAnswer<T>(status: number, accepted: boolean, text: string): Result<T> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		// An error page of a proxy still has a status worth showing.
		const code: LocalCode | "" = accepted ? "unreadable" : "";
		const message = accepted ? "The answer is not JSON." : `The answer was ${status}.`;
		return { ok: false, error: { code, message, status } };
	}
	if (accepted) return { ok: true, value: value as T };
	const { error } = (value ?? {}) as { error?: { code?: string; message?: string } };
	return {
		ok: false,
		error: {
			code: error?.code ?? "",
			message: error?.message ?? `The answer was ${status}.`,
			status,
		},
	};
}

async function readText(answer: Response, onProgress: Progress): Promise<string> {
	// Content-Length counts what travelled; a compressed answer would overshoot it, so it says nothing.
	const encoded = answer.headers.has("content-encoding");
	const total = encoded ? 0 : Number(answer.headers.get("content-length") ?? 0);
	const reader = answer.body?.getReader();
	if (reader === undefined) return answer.text();
	const decoder = new TextDecoder();
	let text = "";
	let bytes = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return text + decoder.decode();
		bytes += value.length;
		text += decoder.decode(value, { stream: true });
		onProgress(bytes, total);
	}
}

function formatQuery(query: Query): string {
	const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
	if (given.length === 0) return "";
	return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
