// A ClickHouse-HTTP door over the embedded engine, enough for the stock client: the server speaks to an
// embedded index and to a ClickHouse cluster in the same way.
//
// Each request gets an engine session of its own, so that settings and parameters of one can never
// stick to another (a deduplication token that stuck would make later inserts vanish). The engine
// ignores the profile of a configuration file, so the defaults are set on each session.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gunzipSync, gzipSync } from "node:zlib";
import { createQueue, type Queue } from "../queue.ts";

/** The part of a chDB session that the door uses. */
export interface EngineSession {
	queryAsync(sql: string, options?: { format?: string }): Promise<EngineResult>;
	insert(rows: { table: string; values: Buffer; format: string }): Promise<{ rowsWritten: number }>;
	close(): void;
}

interface EngineResult {
	readonly rowsRead: number;
	readonly bytesRead: number;
	bytes(): Uint8Array;
}

const DEFAULTS = [
	"async_insert = 0",
	// Parameters are text of a query here, and the members of a page may be many.
	"max_query_size = 67108864",
	"max_threads = 2",
	"max_memory_usage = 800000000",
	"max_execution_time = 10",
	"output_format_json_quote_64bit_integers = 1",
	"date_time_input_format = 'best_effort'",
	"input_format_skip_unknown_fields = 0",
].map((setting) => `SET ${setting}`);

/** URL arguments that belong to the protocol; every other one is a setting or a parameter. */
const PROTOCOL_ARGUMENTS = new Set([
	...["query", "query_id", "session_id", "session_timeout", "session_check", "database", "role"],
	...[
		"default_format",
		"user",
		"password",
		"quota_key",
		"compress",
		"decompress",
		"wait_end_of_query",
	],
	...["enable_http_compression", "buffer_size", "send_progress_in_http_headers", "close_session"],
	...["http_headers_progress_interval_ms", "cancel_http_readonly_queries_on_client_close"],
]);

/** ClickHouse's error codes that are the asker's fault, as HTTP statuses. */
const STATUS: Record<number, number> = {
	...{ 6: 400, 27: 400, 36: 400, 47: 400, 53: 400, 60: 404, 62: 400, 81: 404, 117: 400 },
	...{ 159: 408, 386: 400 },
};
const MAX_RUNNING = 8;

export function createDoor(openSession: () => EngineSession): Server {
	const queue = createQueue(MAX_RUNNING);
	return createServer((request, response) => {
		if (request.url?.startsWith("/ping")) {
			response.end("Ok.\n");
			return;
		}
		answerQuery(openSession, queue, request, response).catch((error: unknown) => {
			if (!response.headersSent) fail(response, error);
			else response.destroy();
		});
	});
}

async function answerQuery(
	openSession: () => EngineSession,
	queue: Queue,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const url = new URL(request.url ?? "/", "http://door");
	const body = await takeForm(url, request, await readBody(request));
	const id = url.searchParams.get("query_id") ?? crypto.randomUUID();
	response.setHeader("x-clickhouse-query-id", id);
	response.setHeader("x-clickhouse-timezone", "UTC");
	await queue(async () => {
		if (request.socket.destroyed) return;
		const session = openSession();
		// A client that went away leaves its query running unless somebody ends it.
		response.on("close", () => {
			if (!response.writableFinished) killQuery(openSession, id);
		});
		try {
			await session.queryAsync([...DEFAULTS, ...settingsOf(url)].join("; "));
			await runQuery(session, url, body, id, response);
		} finally {
			session.close();
		}
	});
}

async function runQuery(
	session: EngineSession,
	url: URL,
	body: Buffer,
	id: string,
	response: ServerResponse,
): Promise<void> {
	const argument = url.searchParams.get("query");
	const insert = /^\s*INSERT\s+INTO\s+([\w.`]+)\s+FORMAT\s+(\w+)\s*$/i.exec(argument ?? "");
	if (insert !== null && body.length > 0) {
		const [, table = "", format = ""] = insert;
		const { rowsWritten } = await session.insert({ table, values: body, format });
		reply(response, url, Buffer.alloc(0), { written_rows: String(rowsWritten) });
		return;
	}
	const sql = [argument, body.toString("utf8")].filter(Boolean).join("\n");
	const format = url.searchParams.get("default_format") ?? "TabSeparated";
	const result = await session.queryAsync(`/*${id}*/ ${sql}`, { format });
	response.setHeader("x-clickhouse-format", format);
	reply(response, url, Buffer.from(result.bytes()), {
		read_rows: String(result.rowsRead),
		read_bytes: String(result.bytesRead),
	});
}

function reply(response: ServerResponse, url: URL, bytes: Buffer, summary: object): void {
	const zeros = { read_rows: "0", read_bytes: "0", written_rows: "0", written_bytes: "0" };
	response.setHeader("x-clickhouse-summary", JSON.stringify({ ...zeros, ...summary }));
	const isCompressed = url.searchParams.get("enable_http_compression") === "1";
	if (isCompressed) response.setHeader("content-encoding", "gzip");
	response.end(isCompressed ? gzipSync(bytes) : bytes);
}

function fail(response: ServerResponse, error: unknown): void {
	const message = error instanceof Error ? error.message : String(error);
	const native =
		error instanceof Error && "clickhouseCode" in error ? error.clickhouseCode : undefined;
	const code = typeof native === "number" ? native : 1002;
	response.statusCode = STATUS[code] ?? 500;
	response.setHeader("x-clickhouse-exception-code", String(code));
	const text = message.replace(/^Query failed: /, "");
	response.end(text.startsWith("Code:") ? text : `Code: ${code}. DB::Exception: ${text} (UNKNOWN)`);
}

function settingsOf(url: URL): string[] {
	const settings: string[] = [];
	for (const [name, value] of url.searchParams) {
		if (PROTOCOL_ARGUMENTS.has(name)) continue;
		if (!/^\w+$/.test(name)) throw new Error(`bad setting name ${name}`);
		settings.push(`SET ${name} = '${value.replace(/[\\']/g, "\\$&")}'`);
	}
	const database = url.searchParams.get("database");
	if (database !== null && database !== "default")
		settings.push(`USE \`${database.replace(/\W/g, "")}\``);
	return settings;
}

/** `SYNC` would hang for ever on this engine. */
function killQuery(openSession: () => EngineSession, id: string): void {
	const tag = id.replace(/[^\w-]/g, "");
	const session = openSession();
	session
		.queryAsync(`KILL QUERY WHERE query LIKE '%/*${tag}*/%' AND query NOT LIKE 'KILL%' ASYNC`)
		.catch(() => {})
		.finally(() => session.close());
}

/** Parameters that are too long for an address come as a form, the query with them. @returns the rest */
async function takeForm(url: URL, { headers }: IncomingMessage, body: Buffer): Promise<Buffer> {
	const type = headers["content-type"] ?? "";
	if (!type.startsWith("multipart/form-data")) return body;
	const form = await new Response(Uint8Array.from(body), {
		headers: { "content-type": type },
	}).formData();
	for (const [name, value] of form) url.searchParams.set(name, String(value));
	return Buffer.alloc(0);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const body = Buffer.concat(parts);
	return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}
